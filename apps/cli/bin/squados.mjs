#!/usr/bin/env node
// The bundle is a build product: a fresh checkout has none until `npm start` (or `node tools/bootstrap.mjs`) has run.
import { existsSync } from 'node:fs';

const bundle = new URL('../dist/main.js', import.meta.url);
if (!existsSync(bundle)) {
  process.stderr.write(
    'squados: not built yet. Run `npm start -- --help` once (it installs and builds), then try again.\n',
  );
  process.exit(1);
}
await import(bundle.href);
