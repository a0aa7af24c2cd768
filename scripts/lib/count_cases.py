#!/usr/bin/env python3
"""Counts the cases in a test log: count_cases.py boost|ctest|tap LOG

Prints tab-separated lines: `passed N`, `failed N`, `skipped N`, then `failure NAME` and `skip NAME: REASON`.
"""
import re
import sys


def ctest_failures(text):
    """The names ctest lists as failed."""
    _, _, listing = text.partition("The following tests FAILED:")
    return re.findall(r"^\s*\d+ - (\S+) \(", listing, re.MULTILINE)


def count_ctest(text):
    """Each ctest test is a case."""
    passed = re.findall(r"Test\s+#\d+: (\S+) \.*\s+Passed", text)
    return len(passed), ctest_failures(text), []


def count_boost(text):
    """The cases inside the Boost.Test programs that `ctest -V` ran; a program that died counts as one more failure."""
    names = dict(re.findall(r"^\s*Start\s+(\d+): (\S+)", text, re.MULTILINE))
    passed, failing, failures, skips = 0, {}, [], []
    for number, line in re.findall(r"^(\d+): (.*)$", text, re.MULTILINE):
        total = re.match(r"\s*(\d+) test cases? out of \d+ (passed|failed|skipped|timed)", line)
        error = re.search(r'(?:fatal )?error: in "([^"]+)"', line)
        skip = re.search(r'Test (?:case|suite) "([^"]+)" is skipped because (.*)', line)
        if total and total.group(2) == "passed":
            passed += int(total.group(1))
        elif total and total.group(2) != "skipped":
            failing[number] = failing.get(number, 0) + int(total.group(1))
        if error:
            failures.append(f"{names.get(number, number)}: {error.group(1)}")
        if skip:
            skips.append(f"{names.get(number, number)}/{skip.group(1)}: {skip.group(2)}")
    counted = {names.get(number) for number, count in failing.items() if count}
    died = [f"{name}: the program died" for name in ctest_failures(text) if name not in counted]
    failures = list(dict.fromkeys(failures))
    unnamed = sum(failing.values()) - len(failures)
    failures += ["a case that says no more"] * max(0, unnamed)
    return passed, failures[:max(sum(failing.values()), 0)] + died, skips


def count_tap(text):
    """The cases of a TAP report; a test that holds others is not counted, its cases are."""
    lines = text.splitlines()
    passed, failures, skips = 0, [], []
    pattern = re.compile(r"^(\s*)(ok|not ok) \d+ - (.*?)(?: # (SKIP|TODO)\b\s*(.*))?$")
    for index, line in enumerate(lines):
        match = pattern.match(line)
        if not match:
            continue
        indent, verdict, name, directive, reason = match.groups()
        if is_parent(lines, index, indent) and (verdict == "ok" or only_children_failed(lines, index)):
            continue
        if directive == "SKIP":
            skips.append(f"{name}: {reason or 'no reason given'}")
        elif verdict == "ok":
            passed += 1
        else:
            failures.append(name)
    return passed, failures, skips


def is_parent(lines, index, indent):
    """True when the result at `index` closes a suite: a plan of its subtests stands right above it."""
    if index == 0:
        return False
    above = re.match(r"^(\s*)1\.\.[1-9]\d*$", lines[index - 1])
    return bool(above) and len(above.group(1)) == len(indent) + 4


def only_children_failed(lines, index):
    """True when the suite at `index` failed for its cases; a failing hook is a failure of its own."""
    for line in lines[index + 1:index + 8]:
        if "failureType:" in line:
            return "subtestsFailed" in line
    return False


def main():
    kind, path = sys.argv[1:]
    with open(path, encoding="utf-8", errors="replace") as log:
        text = log.read()
    passed, failures, skips = {"boost": count_boost, "ctest": count_ctest, "tap": count_tap}[kind](text)
    print(f"passed\t{passed}\nfailed\t{len(failures)}\nskipped\t{len(skips)}")
    for name in failures:
        print(f"failure\t{name}")
    for name in skips:
        print(f"skip\t{name}")


if __name__ == "__main__":
    main()
