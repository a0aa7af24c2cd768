// Finds the npm package `parse`: the app's own first, so that `require('parse/node')` in its code is the same one.
import { createRequire } from 'node:module';
import path from 'node:path';

export function load_parse(module_path) {
  const places = [path.resolve(module_path), path.join(process.cwd(), 'package.json')];
  for (const place of places) {
    try {
      return createRequire(place)('parse/node');
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new Error(`the npm package "parse" is missing: run "npm install parse" in ${path.dirname(places[0])}`);
}
