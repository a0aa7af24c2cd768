#!/usr/bin/env bash
# The steps of scripts/test, each a function that prints to its log: test_steps.sh NAME
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Suites whose code runs on more than one thread; they are run with ThreadSanitizer.
concurrent_suites=(base cache cloud http net storage storage_sqlite storage_postgres auth rest api schema server mail)

npm_step() {
  cd "$root/tests"
  [[ node_modules/.package-lock.json -nt package-lock.json ]] || npm ci --no-audit --no-fund
}

build_release_step() {
  configure release -DPARSE_TESTS=OFF
  build release parse-server parsectl read_only_disk
}

build_dev_step() {
  configure dev
  build dev all
}

# gate NAME COMMAND…: runs the command and reports it as TAP.
gate() {
  local name=$1
  shift
  gate_number=$((gate_number + 1))
  if "$@"; then echo "ok $gate_number - $name"; else echo "not ok $gate_number - $name" && gate_status=1; fi
}

gates_step() {
  gate_status=0 gate_number=0
  cd "$root"
  gate layers python3 -B tools/check_layers.py
  gate size python3 -B tools/check_size.py
  gate format tools/check_format.sh
  gate generated python3 -B tools/check_generated.py build/release
  return "$gate_status"
}

unit_step() {
  ctest --test-dir "$root/build/dev" -LE gate -V
}

# node_step PATTERN [flags of node]: Node's own test runner on files below tests/, against the release binary.
node_step() {
  local pattern=$1
  shift
  cd "$root/tests"
  # shellcheck disable=SC2086 # the pattern is to be expanded here
  PARSE_SERVER_BINARY=$root/build/release/parse-server node --test --test-reporter=tap "$@" $pattern
}

guide_step() {
  node_step 'guide/*_test.mjs'
}

golden_step() {
  node_step golden/replay.mjs
}

access_step() {
  node_step 'access/*_test.mjs' --test-concurrency=1
}

sdk_step() {
  node_step 'sdk/*_test.mjs' --test-concurrency=1
}

# The same suites on PostgreSQL: each server gets a database of its own.
golden_postgres_step() {
  PARSE_TEST_STORAGE=postgres golden_step
}

access_postgres_step() {
  PARSE_TEST_STORAGE=postgres access_step
}

sdk_postgres_step() {
  PARSE_TEST_STORAGE=postgres sdk_step
}

parsectl_step() {
  node_step 'parsectl/*_test.mjs'
}

# Their times are part of what the cases look at, so one file after the other.
cloud_step() {
  node_step 'cloud/*_test.mjs' --test-concurrency=1
}

takeover_step() {
  node_step 'takeover/*_test.mjs' --test-concurrency=1
}

faults_step() {
  node_step 'faults/*_test.mjs' --test-concurrency=1
}

# The test programs of the preset $1.
test_programs() {
  ninja -C "$root/build/$1" -t targets all | sed -nE 's/^(test_[a-z_]+): phony.*/\1/p;s/^(test_[a-z_]+): CXX_EXECUTABLE_LINKER.*/\1/p' |
    sort -u
}

build_asan_step() {
  local programs
  configure asan
  mapfile -t programs < <(test_programs asan)
  build asan "${programs[@]}"
}

asan_step() {
  # The tests of the program itself run the one people get: its exit is part of what they look at.
  PARSE_SERVER_BINARY=$root/build/release/parse-server UBSAN_OPTIONS=print_stacktrace=1 ctest --test-dir "$root/build/asan" -LE gate -V
}

concurrent_programs() {
  local suite programs
  programs=$(test_programs tsan)
  for suite in "${concurrent_suites[@]}"; do
    grep -x "test_$suite" <<<"$programs" || true
  done
}

build_tsan_step() {
  local programs
  configure tsan
  mapfile -t programs < <(concurrent_programs)
  build tsan "${programs[@]}"
}

tsan_step() {
  local run=() pattern
  # ThreadSanitizer of g++ 12 does not know the address layout of kernels that randomise more bits.
  setarch "$(uname -m)" -R true 2>/dev/null && run=(setarch "$(uname -m)" -R)
  pattern=$(IFS='|'; printf '%s' "${concurrent_suites[*]}")
  TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 \
    "${run[@]}" ctest --test-dir "$root/build/tsan" -R "^(${pattern//_//})\$" -V
}

build_fuzz_step() {
  configure fuzz -DPARSE_TESTS=OFF
  build fuzz fuzz_targets
}

# Ten seconds for each target, reported as TAP.
fuzz_step() {
  local program name number=0 status=0
  cd "$root"
  for program in build/fuzz/fuzz_*; do
    [[ -x $program && -f $program ]] || continue
    name=${program##*/} number=$((number + 1))
    mkdir -p "build/fuzz/corpus/$name" "build/fuzz/found"
    if "$program" -max_total_time=10 -timeout=5 -rss_limit_mb=1024 -verbosity=0 -artifact_prefix="build/fuzz/found/$name-" \
      "build/fuzz/corpus/$name" $([[ -d tests/fuzz/corpus/${name#fuzz_} ]] && echo "tests/fuzz/corpus/${name#fuzz_}"); then
      echo "ok $number - $name"
    else
      echo "not ok $number - $name" && status=1
    fi
  done
  ((number > 0)) && return "$status"
}

"${1//-/_}_step"
