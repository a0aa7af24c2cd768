# Shared by scripts/start and scripts/test: Debian packages, configuring and building. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# What compiling the server needs, each with its reason.
build_packages=(
  "g++|compiler (12 or newer)"
  "cmake|build description"
  "ninja-build|build runner"
  "pkg-config|finds pcre2 and ldap"
  "libboost1.81-dev|HTTP front (Beast, Asio)"
  "rapidjson-dev|JSON"
  "libfmt-dev|text formatting"
  "libspdlog-dev|logging"
  "libtomlplusplus-dev|TOML configuration files"
  "libcli11-dev|command-line flags"
  "libsqlite3-dev|embedded storage"
  "libpq-dev|storage on PostgreSQL"
  "libjemalloc-dev|memory allocator for many threads"
  "zlib1g-dev|compressed backups"
  "libpcre2-dev|regular expressions in queries"
  "libssl-dev|TLS, HMAC, random numbers"
  "libcrypt-dev|bcrypt"
  "libpoco-dev|calls to login providers and other adapters, mail"
  "libkainjow-mustache-dev|templates of mails and pages"
  "libldap-dev|login by LDAP"
)

# Prints each argument as a line.
say() {
  printf '%s\n' "$@"
}

# True when the Debian package $1 is installed.
is_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Fills `missing` with the names, and `reasons` with the lines, of the "package|reason" arguments that are not installed.
find_missing() {
  local entry installed
  missing=() reasons=()
  installed=$'\n'$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${@%%|*}" 2>/dev/null || true)$'\n'
  for entry in "$@"; do
    if [[ $installed != *$'\n'"installed ${entry%%|*}"$'\n'* ]]; then
      missing+=("${entry%%|*}")
      reasons+=("  ${entry%%|*}: ${entry#*|}")
    fi
  done
}

# Installs the "package|reason" arguments that are missing; without root it says how to and ends the script.
require_packages() {
  local missing reasons log
  if ! command -v dpkg-query >/dev/null; then
    say "This script installs what it needs from Debian's packages, and this system has none." \
      "Install these by hand, then run: cmake --preset release && cmake --build --preset release" >&2
    printf '  %s\n' "${@/|/: }" >&2
    exit 1
  fi
  find_missing "$@"
  ((${#missing[@]})) || return 0
  say "Missing Debian packages:"
  printf '%s\n' "${reasons[@]}"
  if ((EUID != 0)); then
    say "Install them, then run this again:" "  sudo apt-get install -y --no-install-recommends ${missing[*]}"
    exit 1
  fi
  say "Installing them with apt-get."
  mkdir -p "$root/build"
  log=$root/build/packages.log
  if ! install_packages "${missing[@]}" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "apt-get could not install the packages; the whole output is in $log" >&2
    exit 1
  fi
}

# Installs from the package lists at hand, and refreshes the lists when they do not name what is wanted.
install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  local options=(-y -q --no-install-recommends -o DPkg::Lock::Timeout=300)
  apt-get install "${options[@]}" "$@" && return 0
  apt-get update -q && apt-get install "${options[@]}" "$@"
}

# Waits until no other build of this checkout runs, and keeps others out until the script ends.
lock_builds() {
  if ! mkdir -p "$root/build" 2>/dev/null || [[ ! -w $root/build ]]; then
    say "$root/build cannot be written; was it made by another user?" >&2
    exit 1
  fi
  exec 9>"$root/build/.lock"
  if ! flock -n 9; then
    say "Another build of this checkout is running; waiting for it."
    flock 9
  fi
}

# configure PRESET [cmake arguments]: once; later changes of the CMake files are noticed by ninja itself.
configure() {
  local preset=$1
  shift
  [[ -f $root/build/$preset/build.ninja ]] || (cd "$root" && cmake --preset "$preset" "$@")
}

# build PRESET TARGET...
build() {
  local preset=$1
  shift
  ninja -C "$root/build/$preset" -j "$(nproc)" "$@"
}
