// Loads the app's module: CommonJS or ES, by its name and its package.json.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export async function load_module(module_path, Parse) {
  const file = createRequire(path.join(process.cwd(), 'cloud.js')).resolve(path.resolve(module_path));
  const loaded = await import(pathToFileURL(file).href);
  const main = loaded.default;
  // A module may also be a function that is given Parse.
  if (typeof main === 'function' && main !== Parse) await main(Parse);
}
