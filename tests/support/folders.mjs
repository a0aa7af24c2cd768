// Temporary folders of one test file.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Makes a folder for a test file: `folder` is its path, `new_folder()` gives a fresh one below it for one test,
 * `remove()` ends them all.
 */
export function make_folders(name) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `parse-test-${name}-`));
  let count = 0;
  const new_folder = () => {
    const made = path.join(folder, `${(count += 1)}`);
    mkdirSync(made);
    return made;
  };
  return { folder, new_folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
