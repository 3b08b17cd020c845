"""The set of committed data files: written all together, described by `manifest.json`, checked against it."""

import hashlib
import json
import os
from pathlib import Path

from packages import Pin

DATA = "static/data"
MANIFEST = f"{DATA}/manifest.json"


def encode(pins: list[Pin], counts: dict[str, int], files: dict[str, bytes]) -> bytes:
    """The manifest: inputs, counts, and hash and size of each file, by path from the repository's top."""
    content = {
        "inputs": inputs(pins),
        "counts": counts,
        "files": {path: {"sha256": digest(text), "bytes": len(text)} for path, text in sorted(files.items())},
    }
    return (json.dumps(content, indent=1) + "\n").encode()


def inputs(pins: list[Pin]) -> list[dict[str, str]]:
    """What the manifest says about the packages."""
    return [
        {"package": pin.name, "version": pin.version, "licence": pin.licence, "file": pin.file_name, "sha256": pin.hashes["sha256"]}
        for pin in pins
    ]


def digest(content: bytes) -> str:
    """A sha256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write(root: Path, files: dict[str, bytes]) -> list[str]:
    """Write the files, each in one step, and remove those that only the old manifest names. Returns the changed paths."""
    stale = sorted(set(listed_files(root)) - files.keys())
    changed = [path for path, content in files.items() if not (root / path).exists() or (root / path).read_bytes() != content]
    for path in changed:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(target.name + ".partial")
        partial.write_bytes(files[path])
        os.replace(partial, target)
    for path in stale:
        (root / path).unlink(missing_ok=True)
    return sorted([*changed, *stale])


def listed_files(root: Path) -> dict[str, dict]:
    """What the committed manifest says about each file; nothing if there is none yet."""
    path = root / MANIFEST
    return json.loads(path.read_bytes())["files"] if path.exists() else {}


def problems(root: Path, pins: list[Pin]) -> list[str]:
    """Differences between the committed files, the manifest and the pins; empty if all is well."""
    if not (root / MANIFEST).exists():
        return [f"{MANIFEST} is missing"]
    files = listed_files(root)
    found = []
    for path, entry in files.items():
        if not (root / path).is_file():
            found.append(f"{path} is missing")
        elif digest((root / path).read_bytes()) != entry["sha256"] or (root / path).stat().st_size != entry["bytes"]:
            found.append(f"{path} differs from the manifest")
    shards = {path.relative_to(root).as_posix() for path in (root / DATA / "managed").glob("*")}
    found += [f"{path} is not in the manifest" for path in sorted(shards - files.keys())]
    if json.loads((root / MANIFEST).read_bytes())["inputs"] != inputs(pins):
        found.append("inputs.txt names other packages than the manifest")
    return found
