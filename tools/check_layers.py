#!/usr/bin/env python3
"""Checks every #include of lib/ and apps/ against lib/layers.txt and against the laws of docs/architecture.md.

Prints one line for each offence and exits with 1 when there is any.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPEN = ("base", "logging")
PURE = ("object", "schema", "query")

# Include prefix -> folders that may use the library; the first entry that matches decides.
OWNERS = [
    ("boost/asio", ("http", "server", "livequery")),
    ("boost/beast", ("http",)),
    ("boost/geometry", ("query",)),
    ("boost/test", ()),
    ("sqlite3", ("storage/sqlite",)),
    ("zlib.h", ("backup",)),
    ("rapidjson/", ("object",)),
    ("spdlog/", ("logging",)),
    ("toml++/", ("config",)),
    ("toml.hpp", ("config",)),
    ("CLI/", ("apps/common", "apps/parse-server", "apps/parsectl")),
    ("pcre2", ("query",)),
    ("openssl/", ("crypto", "http", "net")),
    ("crypt.h", ("crypto",)),
    ("liboath/", ("crypto",)),
    ("ldap.h", ("auth/providers",)),
    ("kainjow/", ("templates",)),
    ("mustache", ("templates",)),
    ("Poco/", ("net", "crypto", "mail", "cache", "pubsub", "storage/postgres")),
    ("libpq", ("storage/postgres",)),
    ("curl/", ("net",)),
    ("mongoc", ("storage/mongo",)),
    ("bson", ("storage/mongo",)),
]
# Includes with a slash that belong to the system or are free for all.
FREE = ("fmt/", "sys/", "netinet/", "arpa/", "linux/", "bits/")
PURE_FORBIDDEN_HEADERS = {"thread", "fstream", "filesystem", "iostream", "future", "condition_variable",
                          "unistd.h", "sys/socket.h", "fcntl.h"}
PURE_FORBIDDEN_CALLS = re.compile(r"(system_clock|steady_clock|high_resolution_clock)::now\b|\bgettimeofday\s*\(|\bstd::time\s*\(")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def read_layers():
    """Returns {folder: set of folders it may include} and the offences of the file itself."""
    layers, offences = {}, []
    for number, line in enumerate((ROOT / "lib/layers.txt").read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        folder, _, rest = line.partition(":")
        allowed = set(rest.split())
        for name in sorted(allowed - set(layers)):
            offences.append(f"lib/layers.txt:{number}: {folder} names {name}, which is not above it")
        layers[folder.strip()] = allowed
    for folder, allowed in layers.items():
        if {"rest", "livequery"} <= allowed | {folder} and folder in ("rest", "livequery"):
            offences.append("lib/layers.txt: rest and livequery may know only pubsub, not each other")
        if folder == "logging":
            allowed.add("base")
        elif folder != "base":
            allowed.update(OPEN)
    return layers, offences


def folder_of(path, layers):
    """The longest listed folder that holds `path` (relative to lib/ or to the root), or None."""
    parts = pathlib.PurePosixPath(path).parts[:-1]
    for length in range(len(parts), 0, -1):
        name = "/".join(parts[:length])
        if name in layers:
            return name
    return None


def check_own(folder, target, layers):
    """The offence of including our own header `target` from `folder`, or None."""
    owner = folder_of(target, layers)
    if owner is None:
        if "/" not in target:
            return f'"{target}": write the path from lib/'
        return f'"{target}" lies in no folder of lib/layers.txt'
    if owner != folder and owner not in layers[folder]:
        return f'"{target}": {folder} may not include {owner}'
    return None


def check_foreign(folder, target):
    """The offence of including the library header `target` from `folder`, or None."""
    for prefix, owners in OWNERS:
        if target.startswith(prefix):
            return None if folder in owners else f"<{target}> belongs to {', '.join(owners) or 'the tests'}, not to {folder}"
    if target.startswith("boost/") or target.startswith(FREE) or "/" not in target:
        return None
    return f"<{target}>: give this library an owning folder in tools/check_layers.py"


def check_file(path, folder, layers):
    """Yields the offences of one file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        offence = None
        if match and match.group(1):
            offence = check_own(folder, match.group(1), layers)
        elif match:
            offence = check_foreign(folder, match.group(2))
            if folder in PURE and match.group(2) in PURE_FORBIDDEN_HEADERS:
                offence = f"<{match.group(2)}>: {folder} does no I/O and starts no thread"
        elif folder in PURE and PURE_FORBIDDEN_CALLS.search(line.split("//")[0]):
            offence = f"{folder} reads no clock"
        if offence:
            yield f"{path.relative_to(ROOT)}:{number}: {offence}"


def main():
    layers, offences = read_layers()
    files = 0
    for top, base in (("lib", ROOT / "lib"), ("apps", ROOT)):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            files += 1
            relative = path.relative_to(base).as_posix()
            folder = folder_of(relative, layers)
            if folder is None:
                offences.append(f"{path.relative_to(ROOT)}: its folder is not in lib/layers.txt")
                continue
            offences.extend(check_file(path, folder, layers))
    print("\n".join(offences) if offences else f"{files} files keep to lib/layers.txt")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
