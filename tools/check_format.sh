#!/usr/bin/env bash
# Checks that every C++ file is formatted as .clang-format says and names the files that are not.
# `--fix` formats them instead.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v clang-format-14 >/dev/null; then
  echo "clang-format-14 is missing: apt-get install clang-format-14" >&2
  exit 1
fi
mode=(--dry-run -Werror -ferror-limit=1)
[[ ${1:-} == --fix ]] && mode=(-i)

if ! complaints=$(find lib apps tests -name node_modules -prune -o \( -name '*.h' -o -name '*.cpp' \) -print0 |
  xargs -0 -r -n 16 -P "$(nproc)" clang-format-14 "${mode[@]}" 2>&1); then
  grep -oE '^[^ :]+:[0-9]+' <<<"$complaints" | sort -u || printf '%s\n' "$complaints"
  echo "Format them: tools/check_format.sh --fix"
  exit 1
fi
