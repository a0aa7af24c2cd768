// The answers in which this server means to differ from the reference: differences.json for machines, and the
// page DIFFERENCES.md made from it for people.
//
// The file is a list of groups, {"reason": "...", "answers": {"<scenario>: <title>": answer, ...}}; one that is about a
// single storage says "storage": "sqlite" or "postgres". An answer is
//   {"status", "headers", "body"}     members that replace those of the recording, or
//   {"set": {"body.a.b": value}}      single values that replace those of the recording, or
//   {"any": true}                     not compared.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const kStorages = ['sqlite', 'postgres'];

function read_groups(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'differences.json'), 'utf8'));
}

/** Vector id -> answer, on a storage. */
export function load_differences(folder, storage) {
  const groups = read_groups(folder).filter((group) => (group.storage ?? storage) === storage);
  return new Map(groups.flatMap(({ answers }) => Object.entries(answers)));
}

function set_path(value, dotted, inner) {
  const keys = dotted.split('.');
  const last = keys.pop();
  keys.reduce((at, key) => at[key], value)[last] = inner;
}

/** The answer we owe: the recorded one with the difference applied; undefined when any answer will do. */
export function apply_difference(recorded, difference) {
  if (!difference) return recorded;
  const { any, set, ...members } = difference;
  if (any) return undefined;
  const expected = structuredClone({ ...recorded, ...members });
  for (const [dotted, inner] of Object.entries(set ?? {})) set_path(expected, dotted, inner);
  return expected;
}

/** Fails when a group has no reason, or an answer is listed twice or belongs to no vector. */
export function check_list(folder, vectors) {
  const known = new Set(vectors.flatMap((vector) => vector.steps.map((step) => `${vector.scenario}: ${step.title}`)));
  const seen = new Set();
  for (const { reason, storage, answers } of read_groups(folder)) {
    assert.ok([undefined, ...kStorages].includes(storage), `there is no storage ${storage}`);
    assert.ok(reason?.length > 10, `a group needs a reason: ${Object.keys(answers)[0]}`);
    for (const name of Object.keys(answers)) {
      assert.ok(known.has(name), `no vector is called "${name}"`);
      for (const on of storage ? [storage] : kStorages) {
        assert.ok(!seen.has(`${on} ${name}`), `"${name}" is listed twice`);
        seen.add(`${on} ${name}`);
      }
    }
  }
}

function shown(answer) {
  if (answer.any) return 'not compared';
  const text = JSON.stringify(answer.set ?? answer.body ?? answer);
  const status = answer.status ? `${answer.status} ` : '';
  return `${status}\`${text.length > 160 ? `${text.slice(0, 160)}…` : text}\``;
}

/** DIFFERENCES.md, from the list. */
export function render_page(folder) {
  const parts = read_groups(folder).map(({ reason, storage, answers }) => {
    const rows = Object.entries(answers).map(([name, answer]) => `- ${name}: ${shown(answer)}`);
    const where = { sqlite: ' (on SQLite)', postgres: ' (on PostgreSQL)' }[storage] ?? '';
    return `## ${reason}${where}\n\n${rows.join('\n')}\n`;
  });
  return `# Where this server answers differently from the reference

Made from differences.json by \`node tests/golden/render_differences.mjs\`; the replay fails when it is stale.
The recordings are of parse-server 9.10.0 on PostgreSQL. Every line names a recorded request and our answer to it;
the reference's answer is in vectors/.

${parts.length ? parts.join('\n') : 'None.\n'}`;
}
