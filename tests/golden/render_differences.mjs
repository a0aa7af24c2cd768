// Writes DIFFERENCES.md from differences.json.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { render_page } from './lib/differences.mjs';

const folder = path.dirname(fileURLToPath(import.meta.url));
writeFileSync(path.join(folder, 'DIFFERENCES.md'), render_page(folder));
