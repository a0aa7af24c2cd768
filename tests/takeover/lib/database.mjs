// Databases of a run: made, looked into and dropped with Debian's psql.
import { execFileSync } from 'node:child_process';

/** The cluster tests may make databases in: PARSE_TEST_POSTGRES_URI; undefined when there is none. */
export const kClusterUri = process.env.PARSE_TEST_POSTGRES_URI;

/** The URI of another database of the cluster of `uri`. */
export function uri_of(uri, name) {
  const target = new URL(uri);
  target.pathname = `/${name}`;
  return target.href;
}

/** Runs SQL with psql and gives what it prints, unaligned and without headings; throws what PostgreSQL refuses. */
export function run_sql(uri, sql) {
  return execFileSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', uri, '-f', '-'],
    { input: sql, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'pipe'] }).trimEnd();
}

/** The rows of a SELECT as objects. */
export function rows_of(uri, select) {
  return JSON.parse(run_sql(uri, `SELECT coalesce(json_agg(r), '[]') FROM (${select}) r;`));
}

/** Makes an empty database `name` with PostGIS in the cluster; gives its URI and the function that drops it. */
export function make_database(cluster, name) {
  const drop = () => run_sql(cluster, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE);`);
  drop();
  run_sql(cluster, `CREATE DATABASE "${name}";`);
  const uri = uri_of(cluster, name);
  run_sql(uri, 'CREATE EXTENSION IF NOT EXISTS postgis;');
  return { uri, drop };
}
