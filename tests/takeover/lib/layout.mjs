// What a database consists of, as the catalogue of PostgreSQL tells it.
import { rows_of } from './database.mjs';

const kOwn = "n.nspname = 'public' AND c.relname <> 'spatial_ref_sys'";

/** Table -> its columns and indexes, everything sorted by name; extensions are left out. */
export async function tables_of(uri) {
  const columns = await rows_of(uri, `SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS needed,
      pg_get_expr(d.adbin, d.adrelid) AS standard
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE ${kOwn} AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2`);
  const indexes = await rows_of(uri, `SELECT tablename AS table, indexname AS name, indexdef AS text FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys' ORDER BY 1, 2`);
  const tables = {};
  for (const { table, ...column } of columns) (tables[table] ??= { columns: [], indexes: [] }).columns.push(column);
  for (const { table, ...index } of indexes) tables[table].indexes.push(index);
  return tables;
}

/** The functions of the database that belong to no extension, with their arguments and results. */
export async function functions_of(uri) {
  return rows_of(uri, `SELECT p.proname AS name, pg_get_function_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS result, p.provolatile::text AS volatility
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY 1`);
}

/** Class -> what "_SCHEMA" says of it. */
export async function definitions_of(uri) {
  const rows = await rows_of(uri, 'SELECT "className" AS name, "schema" AS definition, "isParseClass" AS parse FROM "_SCHEMA" ORDER BY 1');
  return Object.fromEntries(rows.map(({ name, ...rest }) => [name, rest]));
}

/** A definition without what says nothing: our order of fields, and the ACL, which the reference keeps in two forms. */
function plain_definition({ definition, ...rest }) {
  const { fieldOrder, fields, ...others } = definition;
  const { ACL, _rperm, _wperm, ...own } = fields;
  return { ...rest, definition: { ...others, fields: own } };
}

/** All of that about one class, its relations included, with `as` in the place of its name. */
export async function class_layout(uri, name, as) {
  const tables = Object.entries(await tables_of(uri)).filter(([table]) => table === name || table.endsWith(`:${name}`));
  const definition = plain_definition((await definitions_of(uri))[name]);
  return JSON.parse(JSON.stringify({ tables, definition }).replaceAll(name, as));
}
