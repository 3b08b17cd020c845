"""AWS managed policies: the documents, their index and the shards that the page fetches one by one.

    managed/index.txt   name  path  version  date  shard  [j]        j marks a job function policy
    managed/NN.txt      name  path  version  date  document          in the order of the index

Both are tab-separated and sorted by name without regard to case, then by path. The ARN of a policy is
`arn:aws:iam::aws:policy` + path + name. Dates are those of the default version. Documents are compact JSON
in the key order of the source.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog import Service
from packages import read_zip_file
from refusal import Refusal
from tsv import folded, joined, line

UNATTACHABLE_PATHS = ("/aws-service-role/", "/root-task/")
SHARD_BYTES = 96 * 1024
FIRST_ANSWER = "AdministratorAccess"  # Fetched before the first answer appears, so its shard is kept small.
FIRST_ANSWER_BYTES = 8 * 1024

# The console's filter "AWS managed - job function" lists these, whatever their path, ...
JOB_FUNCTIONS = {
    "AdministratorAccess",
    "Billing",
    "DatabaseAdministrator",
    "DataScientist",
    "NetworkAdministrator",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "SecurityAudit",
    "SupportUser",
    "SystemAdministrator",
    "ViewOnlyAccess",
}
JOB_FUNCTION_PATH = "/job-function/"  # ... and AWS keeps more of the kind under this path.


@dataclass(frozen=True)
class ManagedPolicy:
    """The default version of one AWS managed policy."""

    name: str
    path: str
    version: str
    date: str
    document: dict[str, Any]

    @property
    def attachable(self) -> bool:
        """Whether a customer can attach the policy to an identity."""
        return self.path not in UNATTACHABLE_PATHS

    @property
    def job_function(self) -> bool:
        """Whether the console's job function filter should list the policy."""
        return self.attachable and (self.name in JOB_FUNCTIONS or self.path == JOB_FUNCTION_PATH)

    @property
    def text(self) -> str:
        """The policy's line in a shard, without the line break."""
        document = json.dumps(self.document, separators=(",", ":"), ensure_ascii=False)
        return line(self.name, self.path, self.version, self.date, document)


def read_policies(moto: Path) -> list[ManagedPolicy]:
    """Read every policy from moto's module, which is parsed and never run."""
    module = ast.parse(read_zip_file(moto, "moto/iam/aws_managed_policies.py"))
    literals = [node.value.value for node in module.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)]
    if len(literals) != 1 or not isinstance(literals[0], str):
        raise Refusal("moto/iam/aws_managed_policies.py is no longer one JSON literal: adapt read_policies in managed.py")
    policies = [
        ManagedPolicy(name, one["Path"], one["DefaultVersionId"], one["UpdateDate"][:10], one["Document"])
        for name, one in json.loads(literals[0]).items()
    ]
    return sorted(policies, key=lambda one: (one.name.lower(), one.path, one.name))


def shards(policies: list[ManagedPolicy]) -> list[list[ManagedPolicy]]:
    """Cut the list into shards of bounded size; a larger policy gets a shard of its own."""
    done: list[list[ManagedPolicy]] = []
    current: list[ManagedPolicy] = []
    size = 0
    for policy in policies:
        first_answer = policy.name == FIRST_ANSWER
        length = len(policy.text.encode()) + 1
        if current and size + length > (FIRST_ANSWER_BYTES if first_answer else SHARD_BYTES):
            done.append(current)
            current, size = [], 0
        current.append(policy)
        size += length
        if first_answer:
            done.append(current)
            current, size = [], 0
    return done + [current] if current else done


def files(policies: list[ManagedPolicy]) -> dict[str, str]:
    """The index and the shards of the attachable policies, by file name."""
    missing = sorted(JOB_FUNCTIONS - {policy.name for policy in policies})
    if missing:
        raise Refusal(f"no managed policy is named {', '.join(missing)}: if AWS dropped it, drop it from JOB_FUNCTIONS in managed.py")
    parts = shards([policy for policy in policies if policy.attachable])
    if len(parts) > 100:
        raise Refusal(f"{len(parts)} shards do not fit two digits: raise SHARD_BYTES in managed.py")
    index = [
        line(one.name, one.path, one.version, one.date, f"{number:02}", "j" if one.job_function else "")
        for number, part in enumerate(parts)
        for one in part
    ]
    texts = {f"{number:02}.txt": joined([one.text for one in part]) for number, part in enumerate(parts)}
    return {"index.txt": joined(index), **texts}


def unattachable(policies: list[ManagedPolicy]) -> str:
    """The other policies, in the form of a shard: a corpus for tests, not served."""
    return joined([policy.text for policy in policies if not policy.attachable])


def statements(policy: ManagedPolicy) -> list[dict[str, Any]]:
    """The statements of a policy, whether it has a list of them or a single one."""
    found = policy.document["Statement"]
    return found if isinstance(found, list) else [found]


def strings(value: Any) -> Iterator[str]:
    """Every string inside a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def used_actions(policies: list[ManagedPolicy]) -> set[str]:
    """Every action name or pattern that a statement names."""
    return {
        name
        for policy in policies
        for one in statements(policy)
        for element in ("Action", "NotAction")
        for name in strings(one.get(element, []))
    }


def legacy_actions(policies: list[ManagedPolicy], services: list[Service], older: set[str]) -> list[str]:
    """Actions that the catalog does not have: retired or undocumented.

    They are the literal names in AWS managed policies and the names that an older catalog still knew. A pattern
    in a managed policy that matches neither the catalog nor these names is added as it stands (`zocalo:*`).
    """
    known = {f"{service.prefix}:{action.name}".lower() for service in services for action in service.actions}
    used = used_actions(policies)
    found: dict[str, str] = {}
    for name in sorted({name for name in used if not is_pattern(name)} | older):
        if name.lower() not in known:
            found.setdefault(name.lower(), name)
    everything = "\n".join(known | found.keys())
    for pattern in sorted(filter(is_pattern, used)):
        if not re.search(pattern_regex(pattern), everything):
            found.setdefault(pattern.lower(), pattern)
    return sorted(found.values(), key=folded)


def is_pattern(name: str) -> bool:
    """Whether an action name has wildcards."""
    return "*" in name or "?" in name


def pattern_regex(pattern: str) -> str:
    """A regular expression that finds a line matching an action pattern, in lower case."""
    return "(?m)^" + re.escape(pattern.lower()).replace(r"\*", ".*").replace(r"\?", ".") + "$"
