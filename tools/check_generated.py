#!/usr/bin/env python3
"""Checks that man/, completions/ and examples/parse-server.toml are what the built parse-server generates.

Usage: check_generated.py PATH_OF_PARSE_SERVER [--write]
With --write the files are brought up to date instead. Prints one line for each stale file and exits with 1.
"""
import difflib
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = [
    "man/parse-server.1",
    "completions/parse-server.bash",
    "completions/_parse-server",
    "completions/parse-server.fish",
    "examples/parse-server.toml",
]


def generate(program, folder):
    command = [program, "generate", "--man", folder / "man", "--completions", folder / "completions",
               "--example", folder / "examples/parse-server.toml"]
    subprocess.run(command, check=True)


def first_difference(old, new):
    changed = [line for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
               if line[0] in "+-" and not line.startswith(("+++", "---"))]
    return changed[0][:100] if changed else "line endings differ"


def main(arguments):
    if not arguments or arguments[0].startswith("-"):
        print(__doc__.strip())
        return 1
    program = pathlib.Path(arguments[0]).resolve()
    if "--write" in arguments[1:]:
        generate(program, ROOT)
        return 0
    stale = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        generate(program, folder)
        for file in FILES:
            kept = ROOT / file
            old = kept.read_text(encoding="utf-8") if kept.is_file() else ""
            new = (folder / file).read_text(encoding="utf-8")
            if old != new:
                print(f"{file} is stale, run tools/check_generated.py <parse-server> --write: {first_difference(old, new)}")
                stale += 1
    if not stale:
        print(f"{len(FILES)} generated files are current")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
