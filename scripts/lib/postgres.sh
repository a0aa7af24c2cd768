# A PostgreSQL cluster for one run of the tests: on a free port, in a folder of its own, gone afterwards. Sourced, not
# run, after common.sh.

postgres_packages=(
  "postgresql-15|a database server for the tests"
  "postgresql-15-postgis-3|places in that database"
)
# The newest of Debian's versions that is installed.
postgres_programs() {
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    [[ -x $folder/initdb && -x $folder/postgres ]] && printf '%s' "$folder" && return
  done
  return 1
}

# Installs what is missing, when it may. Fails with the reason in `postgres_missing`.
provide_postgres() {
  local missing reasons
  postgres_missing=""
  if command -v dpkg-query >/dev/null; then
    find_missing "${postgres_packages[@]}"
    ((${#missing[@]})) || return 0
    postgres_missing="not installed: ${missing[*]}"
    ((EUID == 0)) || return 1
    mkdir -p "$root/build"
    install_packages "${missing[@]}" >"$root/build/packages-postgres.log" 2>&1 && postgres_missing="" && return 0
    postgres_missing="apt-get could not install ${missing[*]}; its output is in build/packages-postgres.log"
    return 1
  fi
  postgres_programs >/dev/null && return 0
  postgres_missing="PostgreSQL is not installed"
  return 1
}

# Becomes the command, as the user that may run it: PostgreSQL refuses root. It gets SIGINT when this script dies, however
# it dies, and that makes PostgreSQL disconnect everybody and stop.
become_postgres() {
  local user=()
  ((EUID == 0)) && user=(--reuid="$postgres_user" --regid="$(id -g "$postgres_user")" --clear-groups)
  cd "$postgres_folder"
  exec setpriv "${user[@]}" --pdeathsig INT env -i LC_ALL=C.UTF-8 PATH="$PATH" "$@"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# True once the cluster takes connections.
wait_for_postgres() {
  local tries
  for ((tries = 0; tries < 300; ++tries)); do
    "$programs/pg_isready" -q -h 127.0.0.1 -p "$1" && return 0
    kill -0 "$postgres_pid" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

# Ends an attempt to start: the reason is $1 and the last lines of the file $2.
give_up_postgres() {
  postgres_missing="$1: $(tail -n 3 "$2" 2>&1 | tr '\n' ' ')"
  stop_postgres
  return 1
}

# Makes and starts a cluster, and exports PARSE_TEST_POSTGRES_URI, the address of its database "postgres" with all
# rights. The database "parse_template" has PostGIS; tests make theirs from it. Nothing of this outlives a crash, so
# nothing is synchronised with the disk. Fails with the reason in `postgres_missing`.
start_postgres() {
  local programs password port tries log
  programs=$(postgres_programs)
  postgres_user=postgres
  id -u postgres >/dev/null 2>&1 || postgres_user=nobody
  postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/parse-postgres.XXXXXX")
  log=$postgres_folder/log
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$password" >"$postgres_folder/password"
  ((EUID != 0)) || chown -R "$postgres_user" "$postgres_folder"
  (become_postgres "$programs/initdb" -D "$postgres_folder/data" -U postgres -A scram-sha-256 -E UTF8 --locale=C.UTF-8 --no-sync \
    --pwfile="$postgres_folder/password") >"$log" 2>&1 </dev/null || { give_up_postgres "initdb failed" "$log"; return; }
  for tries in 1 2 3; do
    port=$(free_port)
    become_postgres "$programs/postgres" -D "$postgres_folder/data" -p "$port" -k "$postgres_folder" -c listen_addresses=127.0.0.1 \
      -c max_connections=400 -c fsync=off -c full_page_writes=off -c max_locks_per_transaction=256 >>"$log" 2>&1 </dev/null 9>&- &
    postgres_pid=$!
    wait_for_postgres "$port" && break
    ((tries < 3)) || { give_up_postgres "PostgreSQL did not start" "$log"; return; }
  done
  export PARSE_TEST_POSTGRES_URI=postgres://postgres:$password@127.0.0.1:$port/postgres
  make_template || give_up_postgres "PostGIS cannot be used" "$log"
}

make_template() {
  "$programs/psql" -X -q -v ON_ERROR_STOP=1 "$PARSE_TEST_POSTGRES_URI" >>"$log" 2>&1 <<'SQL'
CREATE DATABASE parse_template;
\connect parse_template
CREATE EXTENSION postgis;
SQL
}

# Stops the cluster, within 15 seconds, and removes it. Safe to call when there is none.
stop_postgres() {
  local tries signal
  unset PARSE_TEST_POSTGRES_URI
  for signal in INT QUIT KILL; do
    [[ -n ${postgres_pid:-} ]] && kill -"$signal" "$postgres_pid" 2>/dev/null || break
    for ((tries = 0; tries < 50; ++tries)); do
      kill -0 "$postgres_pid" 2>/dev/null || break 2
      sleep 0.1
    done
  done
  postgres_pid=""
  [[ -z ${postgres_folder:-} ]] || rm -rf "$postgres_folder"
  postgres_folder=""
}
