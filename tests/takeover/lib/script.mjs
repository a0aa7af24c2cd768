// Runs lists of requests, in the language of the golden scenarios, against servers that share a database. Ids and tokens
// stay what they are, for both servers see the same rows: only what a step masks is not compared.
import { at_path, mask_path, sort_results } from '../../golden/lib/normalise.mjs';
import { send_step } from '../../golden/lib/runner.mjs';

/** Placeholder name -> real value, learnt while filling and kept for all that comes after. */
export class World {
  constructor() {
    this.values = new Map();
  }

  learn(save, body) {
    for (const [name, path] of Object.entries(save ?? {})) {
      const value = at_path(body, path);
      if (value !== undefined) this.values.set(name, String(value));
    }
  }

  fill(text) {
    return text.replace(/\{\{(\w+)\}\}/g, (whole, name) => this.values.get(name) ?? whole);
  }
}

function parse_or_text(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Sends one step and gives `{status, body}`. */
export async function ask(step, server, world) {
  const answer = await send_step(step, server, world);
  const body = parse_or_text(answer.text);
  world.learn(step.save, body);
  return { status: answer.status, body };
}

/** `answer` with the masks of the step applied, and sorted where its order means nothing. */
export function comparable(step, { status, body }) {
  if (step.status_only) return { status };
  const copy = structuredClone(body);
  for (const path of step.mask ?? []) mask_path(copy, path.split('.'));
  const named_order = JSON.stringify(step.request).includes('"order"');
  if (step.unordered ?? !named_order) sort_results(copy);
  return { status, body: copy };
}

/** Sends every step in turn; gives title -> comparable answer. */
export async function ask_all(steps, server, world) {
  const answers = new Map();
  for (const step of steps) {
    if (answers.has(step.title)) throw new Error(`two steps are called "${step.title}"`);
    answers.set(step.title, comparable(step, await ask(step, server, world)));
  }
  return answers;
}
