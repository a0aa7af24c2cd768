#!/usr/bin/env python3
"""Checks that man/, completions/ and examples/parse-server.toml are what the built programs generate.

Usage: check_generated.py FOLDER_OF_THE_PROGRAMS [--write]
With --write the files are brought up to date instead. Prints one line for each stale file and exits with 1.
"""
import difflib
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["man", "completions"]
EXAMPLE = "examples/parse-server.toml"


def generate(programs, folder):
    documents = ["--man", folder / "man", "--completions", folder / "completions"]
    subprocess.run([programs / "parse-server", "generate", *documents, "--example", folder / EXAMPLE], check=True)
    subprocess.run([programs / "parsectl", "generate", *documents], check=True)


def files_of(folder):
    return {path.relative_to(folder).as_posix() for name in FOLDERS for path in (folder / name).iterdir()} | {EXAMPLE}


def first_difference(old, new):
    changed = [line for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
               if line[0] in "+-" and not line.startswith(("+++", "---"))]
    return changed[0][:100] if changed else "line endings differ"


def stale_files(new_folder):
    for file in sorted(files_of(ROOT) | files_of(new_folder)):
        old, new = ((folder / file).read_text(encoding="utf-8") if (folder / file).is_file() else ""
                    for folder in (ROOT, new_folder))
        if old != new:
            yield f"{file} is stale, run tools/check_generated.py <programs> --write: {first_difference(old, new)}"


def main(arguments):
    if not arguments or arguments[0].startswith("-"):
        print(__doc__.strip())
        return 1
    programs = pathlib.Path(arguments[0]).resolve()
    if "--write" in arguments[1:]:
        generate(programs, ROOT)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        generate(programs, folder)
        stale = list(stale_files(folder))
    print("\n".join(stale) if stale else f"{len(files_of(ROOT))} generated files are current")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
