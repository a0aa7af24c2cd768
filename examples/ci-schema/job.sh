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

# The scores that a server before this one has, until it is gone.
if [ -n "${PARSECTL_FROM:-}" ]; then
  export PARSECTL_TO="$PARSECTL_SERVER" PARSECTL_TO_APP_ID="$PARSECTL_APP_ID" PARSECTL_TO_MASTER_KEY="$PARSECTL_MASTER_KEY"
  parsectl migrate --classes GameScore --on-conflict skip --rejects "${TMPDIR:-/tmp}/scores.rejects" --state "${TMPDIR:-/tmp}/scores.state"
fi
