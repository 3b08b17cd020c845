"""The one error that stops a refresh."""


class Refusal(Exception):
    """The refresh stops here and leaves the committed files as they are."""
