#!/usr/bin/env python3
"""Compares tests/corpus/facts.txt with the headings of the corpus.

Prints facts that have neither a section nor a reason, reasons of facts that do have a section, and ids in headings that
facts.txt does not know; exits 1 if there are any. A heading names its facts before the first colon: `## EVAL-5 POL-60: …`.
"""

import re
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"
ID = re.compile(r"[A-Z]+-V?\d+[a-z]?")
REASONS = ("not modelled: ", "not a decision: ")


def listed():
    """Each id of facts.txt with its reason, or with an empty text."""
    lines = (CORPUS / "facts.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {fact: reason for fact, _, reason in pairs}


def named():
    """Each id in a heading with the first place where it stands."""
    places = {}
    for path in sorted(CORPUS.rglob("*.md")):
        fenced = False
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            fenced ^= line.startswith("```")
            if fenced or not line.startswith("## "):
                continue
            before, colon, _ = line[3:].partition(": ")
            words = before.split() if colon else []
            for word in words:
                places.setdefault(word, f"{path.relative_to(CORPUS)}:{number}")
    return places


def main():
    facts, places = listed(), named()
    problems = []
    for fact, reason in facts.items():
        if fact not in places and not reason:
            problems.append(f"{fact}: no section and no reason")
        if fact in places and reason:
            problems.append(f"{fact}: a reason, and a section at {places[fact]}")
        if reason and not reason.startswith(REASONS):
            problems.append(f"{fact}: the reason starts with none of {', '.join(map(repr, REASONS))}")
    for word, place in places.items():
        if not ID.fullmatch(word):
            problems.append(f"{place}: `{word}` is no id of a fact")
        elif word not in facts:
            problems.append(f"{place}: facts.txt does not know {word}")
    print("\n".join(problems) or f"{len(facts)} facts, {len(places)} with a section")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
