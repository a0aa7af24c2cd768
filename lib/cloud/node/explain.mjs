// What of a thing that was thrown a person can use.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const SOURCE = /\.(js|mjs|cjs)$/;
const MOST_FILES = 200;
const CHECK_MS = 5000;

export function explain(error) {
  return error?.stack ?? error?.message ?? String(error);
}

/** The app's own source files, the main module first. */
function source_files(main) {
  const files = [main];
  const folders = [path.dirname(main)];
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules' || file === main) continue;
      if (entry.isDirectory()) folders.push(file);
      else if (SOURCE.test(entry.name)) files.push(file);
      if (files.length >= MOST_FILES) return files;
    }
  }
  return files;
}

/** Node does not tell where in an ES module a syntax error is, but when it is asked to check the file it does. */
function place_of_syntax_error(main) {
  for (const file of source_files(main)) {
    const { status, stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', timeout: CHECK_MS });
    if (status === 1) return stderr.split('\n    at ')[0];
  }
  return undefined;
}

/** Why the module `main` cannot be loaded, with the file and the line if at all possible. */
export function explain_load(error, main) {
  const text = explain(error);
  if (!(error instanceof SyntaxError) || !text.startsWith('SyntaxError')) return text;
  try {
    return place_of_syntax_error(path.resolve(main)) ?? text;
  } catch {
    return text;
  }
}
