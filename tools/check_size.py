#!/usr/bin/env python3
"""Checks that hand-written files have at most 500 lines and C++, Python and shell functions at most 60.

Prints one line for each offence and exits with 1 when there is any. There is no exception list.
"""
import ast
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 60
SUFFIXES = {".h", ".cpp", ".mjs", ".js", ".py", ".sh", ".cmake"}
SCRIPT_FOLDERS = ("scripts/", ".ci/")
SCOPE = re.compile(r"^\s*(?:inline\s+)?(?:namespace|class|struct|union|enum|extern\s*$|export)\b|^\s*template\s*<[^;{]*>\s*(?:class|struct|union)\b")
SUITE_MACRO = re.compile(r"\bBOOST_(?:AUTO|FIXTURE)_TEST_SUITE(?:_END)?\s*\([^)]*\)")
SHELL_FUNCTION = re.compile(r"^(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)\s*\{\s*$")


def tracked_files():
    """The files git knows or would take up; every file below the root when this is no checkout."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, capture_output=True, check=False)
    if listing.returncode == 0:
        names = [name for name in listing.stdout.decode().split("\0") if name]
    else:
        names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()]
        names = [name for name in names if not re.search(r"(^|/)(build|node_modules)/", name)]
    return sorted(name for name in set(names) if (ROOT / name).is_file())


def is_code(name):
    return pathlib.PurePosixPath(name).suffix in SUFFIXES or name.startswith(SCRIPT_FOLDERS)


def blank_out(source):
    """C++ text of the same length and lines in which comments, literals and preprocessor lines are blanks."""
    pattern = re.compile(
        r'R"([^\s()\\]{0,16})\((?:.|\n)*?\)\1"'       # raw string
        r'|"(?:\\.|[^"\\\n])*"'                        # string
        r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'"        # character, but no digit separator
        r"|//[^\n]*"
        r"|/\*(?:.|\n)*?\*/"
        r"|^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), source)


def cpp_functions(source):
    """Yields (name, first line, last line) of every function body that stands in a namespace or class."""
    text = blank_out(source)
    scopes, head_start, depth_in_function, opened = [], 0, 0, None
    for position, char in enumerate(text):
        if char == "{":
            head = SUITE_MACRO.sub("", text[head_start:position])
            if depth_in_function:
                depth_in_function += 1
            elif SCOPE.search(head) and not head.rstrip().endswith((")", "const", "noexcept", "override")):
                scopes.append("scope")
                head_start = position + 1
            elif "(" in head:
                depth_in_function, opened = 1, (head, head_start, position)
            else:
                scopes.append("braces")
        elif char == "}":
            if depth_in_function:
                depth_in_function -= 1
                if depth_in_function == 0:
                    yield describe(text, opened, position)
                    head_start = position + 1
            elif scopes:
                scopes.pop()
                head_start = position + 1
        elif char == ";" and not depth_in_function and (not scopes or scopes[-1] == "scope"):
            head_start = position + 1


def describe(text, opened, end):
    """The name and the lines of a function whose head and body were found."""
    head, start, _ = opened
    start += len(head) - len(head.lstrip())
    name = re.search(r"([~\w:]+|operator\S+)\s*\(", head)
    first = text.count("\n", 0, start) + 1
    return (name.group(1) if name else "function", first, text.count("\n", 0, end) + 1)


def python_functions(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def shell_functions(source):
    name, first = None, 0
    for number, line in enumerate(source.splitlines(), 1):
        match = SHELL_FUNCTION.match(line)
        if match:
            name, first = match.group(1), number
        elif name and line.rstrip() == "}":
            yield name, first, number
            name = None


def functions(name, source):
    suffix = pathlib.PurePosixPath(name).suffix
    if suffix in (".h", ".cpp"):
        return cpp_functions(source)
    if suffix == ".py":
        return python_functions(source)
    if suffix == ".sh" or name.startswith(SCRIPT_FOLDERS):
        return shell_functions(source)
    return ()


def main():
    offences, files = [], 0
    for name in filter(is_code, tracked_files()):
        files += 1
        source = (ROOT / name).read_text(encoding="utf-8")
        lines = source.count("\n")
        if lines > MAX_FILE_LINES:
            offences.append(f"{name}: {lines} lines, at most {MAX_FILE_LINES}")
        for function, first, last in functions(name, source):
            if last - first + 1 > MAX_FUNCTION_LINES:
                offences.append(f"{name}:{first}: {function} has {last - first + 1} lines, at most {MAX_FUNCTION_LINES}")
    print("\n".join(offences) if offences else f"{files} files within {MAX_FILE_LINES} lines, functions within {MAX_FUNCTION_LINES}")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
