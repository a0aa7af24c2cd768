#!/bin/sh
# Brings a Parse Server to the schema and the data of this folder. Safe to run again.
set -eu
cd "$(dirname "$0")"

tries=0
until parsectl health --quiet >/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || exit 6
  sleep 2
done

parsectl schema apply schema.toml --yes
parsectl import levels.ndjson --class Level --on-conflict skip --rejects "${TMPDIR:-/tmp}/levels.rejects" --state "${TMPDIR:-/tmp}/levels.state"
parsectl schema diff schema.toml
