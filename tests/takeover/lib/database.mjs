// Looks into databases.
import { sql } from '../../support/postgres.mjs';

/** The rows of a SELECT as objects. */
export async function rows_of(uri, select) {
  const lines = await sql(uri, `SELECT coalesce(json_agg(r), '[]') FROM (${select}) r`);
  return JSON.parse(lines.map((line) => line.join('\t')).join('\n'));
}
