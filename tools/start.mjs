// npm start: installs, builds, then delivers the English example (or whatever `squados run` arguments are given).
//   npm start                      the example; stays up
//   npm start -- --exit            ends when everything is settled
//   npm start -- path/to/doc.md    another document or backlog
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
await bootstrap();

const given = process.argv.slice(2);
const wantsHelp = given.includes('--help') || given.includes('-h');
const namesInput = given.some((arg) => !arg.startsWith('-') && /\.(md|txt|json|markdown)$/i.test(arg));
const input = namesInput ? [] : [join(root, 'examples', 'library.en.md')];
const args = wantsHelp ? ['--help'] : ['run', ...input, '--yes', ...given];

const child = spawn(process.execPath, [join(root, 'apps', 'cli', 'bin', 'squados.mjs'), ...args], {
  cwd: root,
  stdio: 'inherit',
});
// A terminal tells its whole group of Ctrl-C: the child has heard it already and ends by itself.
process.on('SIGINT', () => void (process.stdin.isTTY || child.kill('SIGINT')));
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
