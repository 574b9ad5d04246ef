// Writes what the offline authors make of a document into a folder, to be looked at.
// Usage: node tools/bench-bundle.mjs bench/authored/dump.ts DOCUMENT FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { authorProject } from './authored-project.js';

const [document = 'examples/library.en.md', folder = 'dump'] = process.argv.slice(2);
const { parts } = await authorProject(document);
for (const [part, { files }] of Object.entries(parts))
  for (const [path, text] of files) {
    const to = join(folder, part, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  }
