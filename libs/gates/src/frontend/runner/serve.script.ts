import { SAY } from './say.script.js';

/** Runs inside the sandbox as `.gates/serve.mjs`. */
export const serveScript = `// Checks projects, one after the other, with compiler and linter that stay warm, and executes nothing of theirs. A job is a line on
// the standard input; the answer is a line that begins with the mark.
import { mkdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import checkTypes from './types.mjs';
import checkLint from './lint.mjs';
import readCalls from './calls.mjs';
import { isPlainConfig } from './plain-config.mjs';

// Compiler and linter are large and each job goes through much of them a few times: optimizing as early as V8 would costs a fifth more.
setFlagsFromString('--interrupt-budget=800000');

const root = process.cwd();
const CONFIG = 'eslint.config.js';
const OURS = /^(?:\\.gates|node_modules)(?:\\/|$)|(?:^|\\/)(?:\\.\\.?|)(?:\\/|$)|(?:^|\\/)node_modules\\//;
const shared = {};
const written = new Map();

${SAY}

const forget = (path) => {
  rmSync(join(root, path), { force: true, recursive: true });
  written.delete(path);
};

/** The folder holds this project and nothing of the one before. */
const lay = (files) => {
  const odd = [...files.keys()].find((path) => OURS.test(path));
  if (odd !== undefined) throw new Error(\`the file \${odd} lies where the gates keep their own\`);
  for (const path of [...written.keys()]) if (!files.has(path)) forget(path);
  for (const [path, text] of files) {
    if (written.get(path) === text) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    written.set(path, text);
  }
};

const timed = async (check) => {
  const started = { at: performance.now(), cpu: process.cpuUsage() };
  const result = await Promise.resolve().then(check).catch((error) => ({ broken: String(error?.stack ?? error) }));
  const { user, system } = process.cpuUsage(started.cpu);
  return { ...result, ms: Math.round(performance.now() - started.at), cpuMs: Math.round((user + system) / 1000) };
};

const serve = async ({ files, plan }) => {
  lay(new Map(files));
  if (!isPlainConfig(CONFIG)) return { refused: \`\${CONFIG} is more than data, and nothing of a project is executed here\` };
  const types = await timed(() => checkTypes({ plan, shared }));
  const lint = await timed(() => checkLint({ plan: { ...plan, configFile: CONFIG }, shared }));
  const calls = await timed(() => readCalls({ plan, shared }));
  return { reports: { types, lint, calls }, rssMb: Math.round(process.memoryUsage().rss / 1e6) };
};

for await (const line of createInterface({ input: process.stdin })) {
  const { mark, id, ...job } = JSON.parse(line);
  say(mark, { id, ...(await serve(job).catch((error) => ({ refused: String(error?.message ?? error) }))) });
}
process.exit(0);
`;
