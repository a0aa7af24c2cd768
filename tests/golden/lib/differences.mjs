// The answers in which this server means to differ from the reference: differences.json for machines, and the
// page DIFFERENCES.md made from it for people.
//
// An entry: {"vector": "<scenario>: <title>", "reason": "...", and one of
//   "expect": {"status", "headers", "body"}   members that replace those of the recording, or
//   "set": {"body.a.b": value}                single values that replace those of the recording, or
//   "any": true                               the answer is not compared}
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

function read_list(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'differences.json'), 'utf8'));
}

/** Vector id -> entry. */
export function load_differences(folder) {
  return new Map(read_list(folder).map((entry) => [entry.vector, entry]));
}

function set_path(value, dotted, inner) {
  const keys = dotted.split('.');
  const last = keys.pop();
  keys.reduce((at, key) => at[key], value)[last] = inner;
}

/** The answer we owe: the recorded one with the difference applied; undefined when any answer will do. */
export function apply_difference(recorded, difference) {
  if (!difference) return recorded;
  if (difference.any) return undefined;
  const expected = structuredClone({ ...recorded, ...difference.expect });
  for (const [dotted, inner] of Object.entries(difference.set ?? {})) set_path(expected, dotted, inner);
  return expected;
}

/** Fails when an entry has no reason, is listed twice, or names a vector that does not exist. */
export function check_list(folder, vectors) {
  const known = new Set(vectors.flatMap((vector) => vector.steps.map((step) => `${vector.scenario}: ${step.title}`)));
  const seen = new Set();
  for (const entry of read_list(folder)) {
    assert.ok(known.has(entry.vector), `no vector is called "${entry.vector}"`);
    assert.ok(entry.reason?.length > 10, `"${entry.vector}" needs a reason`);
    assert.ok(!seen.has(entry.vector), `"${entry.vector}" is listed twice`);
    assert.equal(Boolean(entry.expect) + Boolean(entry.set) + Boolean(entry.any), 1, entry.vector);
    seen.add(entry.vector);
  }
}

function ours(entry) {
  if (entry.any) return 'not compared';
  return `\`${JSON.stringify(entry.expect ?? entry.set)}\``;
}

/** DIFFERENCES.md, from the list. */
export function render_page(folder) {
  const groups = new Map();
  for (const entry of read_list(folder)) {
    groups.set(entry.reason, [...(groups.get(entry.reason) ?? []), entry]);
  }
  const parts = [...groups].map(([reason, entries]) => {
    const rows = entries.map((entry) => `- **${entry.vector}** — ours: ${ours(entry)}`);
    return `## ${reason}\n\n${rows.join('\n')}\n`;
  });
  const none = parts.length ? '' : 'None.\n';
  return `# Where this server answers differently from the reference

Made from differences.json by \`node tests/golden/render_differences.mjs\`; the replay fails when it is stale.
The recordings are of parse-server 9.10.0 on PostgreSQL; every entry names the recorded request and our answer.

${none}${parts.join('\n')}`;
}
