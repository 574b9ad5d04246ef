// Bundles one TypeScript entry of bench/ into node_modules/.cache and runs it with the arguments that follow.
// Usage: node tools/bench-bundle.mjs bench/kills/kills.ts [--node-flag=…] [arguments…]
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '..');
const [entry, ...rest] = process.argv.slice(2);
const flags = rest.filter((arg) => arg.startsWith('--node-flag=')).map((arg) => arg.slice('--node-flag='.length));
const args = rest.filter((arg) => !arg.startsWith('--node-flag='));
const file = join(root, 'node_modules', '.cache', 'squados', `${entry.replace(/\W+/g, '-')}.mjs`);

const bundle = await rolldown({
  input: resolve(root, entry),
  platform: 'node',
  external: (id) => !/^[./\0]|^@squados\/|^@oxc-project\/runtime/.test(id),
  resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
  tsconfig: join(root, 'tsconfig.base.json'),
  logLevel: 'warn',
});
await bundle.write({ file, format: 'esm', sourcemap: true, codeSplitting: false, strictExecutionOrder: true });
await bundle.close();

const child = spawn(process.execPath, ['--enable-source-maps', ...flags, file, ...args], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
