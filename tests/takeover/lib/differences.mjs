// The answers that may differ, each with its reason: a list of the form of the golden vectors'
// differences.json, whose names are the titles of requests here. One that is not
// compared (`any`) tells the status.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** Title -> difference. Fails for a group without a reason, and for a title that is listed twice or asked by nobody. */
export function load_differences(file, steps) {
  const known = new Set(steps.map((step) => step.title));
  const found = new Map();
  for (const { reason, answers } of JSON.parse(readFileSync(file, 'utf8'))) {
    assert.ok(reason?.length > 10, `a group needs a reason: ${Object.keys(answers)[0]}`);
    for (const [title, answer] of Object.entries(answers)) {
      assert.ok(known.has(title), `no request is called "${title}"`);
      assert.ok(!found.has(title), `"${title}" is listed twice`);
      found.set(title, answer);
    }
  }
  return found;
}
