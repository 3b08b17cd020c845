"""Lines of tab-separated fields, and the order in which names are listed."""

from refusal import Refusal


def line(*fields: str | int) -> str:
    """One line of fields, without empty ones at the end."""
    texts = [str(field) for field in fields]
    if any(character in text for text in texts for character in "\t\r\n"):
        raise Refusal(f"a tab or line break inside a field: {texts}")
    return "\t".join(texts).rstrip("\t")


def joined(lines: list[str]) -> str:
    """A file of lines; every line ends with a line break."""
    return "".join(one + "\n" for one in lines)


def folded(name: str) -> tuple[str, str]:
    """Sort key: by letters first, by case only to break a tie."""
    return name.lower(), name
