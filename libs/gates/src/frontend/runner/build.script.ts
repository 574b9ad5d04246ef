/** Runs inside the sandbox as `.gates/build.mjs`. */
export const buildScript = `// vite build with the project's own configuration.
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = process.cwd();

export default async () => {
  const { build } = await import(pathToFileURL(createRequire(join(root, 'package.json')).resolve('vite')).href);
  const messages = [];
  const log = (kind) => (message) => messages.push(\`\${kind}: \${message}\`);
  const customLogger = { info: () => {}, warn: log('warning'), warnOnce: log('warning'), error: log('error'), clearScreen: () => {}, hasErrorLogged: () => false, hasWarned: false };
  await build({ root, configLoader: 'runner', customLogger, build: { outDir: '.gates/dist' } });
  const files = readdirSync(join(root, '.gates/dist'), { recursive: true }).map((name) => join(root, '.gates/dist', String(name)));
  const bytes = files.map((file) => statSync(file)).filter((s) => s.isFile()).reduce((sum, s) => sum + s.size, 0);
  return { messages, files: files.length, bytes, hasPage: files.some((file) => file.endsWith('/index.html')) };
};
`;
