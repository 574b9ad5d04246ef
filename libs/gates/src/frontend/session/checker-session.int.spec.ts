import { afterAll, describe, expect, it } from '@jest/globals';
import { createSandbox } from '../../sandbox/index.js';
import { createToolchains } from '../../toolchains/index.js';
import type { CheckAnswer } from './check-job.js';
import { CheckerSession } from './checker-session.js';
import { lastingRequest, type Tools } from './lasting-request.js';

const toolchains = createToolchains();
const [web, node] = [await toolchains.find('web'), await toolchains.find('node')];
const tools: Tools | undefined =
  web.kind === 'there' && node.kind === 'there' ? [web.toolchain, node.toolchain] : undefined;
const whenHere = tools ? it : it.skip;
const title = (text: string): string => (web.kind === 'there' ? text : `${text} (skipped: ${web.remedy})`);

const CONFIG = `import tseslint from 'typescript-eslint';
export default tseslint.config(...tseslint.configs.strict, {
  files: ['src/**/*.ts'],
  rules: { '@typescript-eslint/no-floating-promises': 'error' },
});
`;
const COMPILER = {
  target: 'ES2022',
  lib: ['ES2023'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  types: [],
  strict: true,
};
const BASE = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': JSON.stringify({ compilerOptions: COMPILER, include: ['src'] }),
  'eslint.config.js': CONFIG,
  'src/giver.ts': 'export const give = (): number => 1;\n',
  'src/taker.ts': "import { give } from './giver';\nexport const taken: number = give();\n",
  'src/caller.ts': "import { give } from './giver';\nexport const call = (): void => {\n  give();\n};\n",
  'src/apart.ts': 'export const apart = 1;\n',
};

const session = new CheckerSession({ sandbox: createSandbox() });
afterAll(() => session.close());

const check = (changed: Readonly<Record<string, string>>): Promise<CheckAnswer> => {
  const project = new Map(Object.entries({ ...BASE, ...changed }));
  const lint = [...project.keys()].filter((path) => path.startsWith('src/'));
  if (tools === undefined) throw new Error('no toolchain');
  const job = { project, tsconfigs: ['tsconfig.json'], lint: () => lint };
  return session.check(job, lastingRequest(tools), new AbortController().signal);
};

const found = (answer: CheckAnswer): readonly string[] => {
  if (answer.kind !== 'checked') return [answer.kind];
  const { types, lint } = answer.reports;
  return [types, lint].flatMap((said) =>
    said === undefined || 'broken' in said
      ? ['broken']
      : said.findings.map(({ path, line, rule }) => `${path ?? ''}:${line ?? ''} ${rule ?? ''}`),
  );
};

const DEFECTS = [
  [
    'in an unchanged file, of a type that another file changed',
    { 'src/giver.ts': "export const give = (): string => '1';\n" },
    ['src/taker.ts:2 TS2322'],
  ],
  [
    'in an unchanged file, of an export that is gone',
    { 'src/giver.ts': 'export const lend = (): number => 1;\n' },
    ['src/caller.ts:1 TS2305', 'src/taker.ts:1 TS2305'],
  ],
  [
    'in the meaning of a call, which became a promise elsewhere',
    { 'src/giver.ts': 'export const give = async (): Promise<number> => 1;\n' },
    ['src/caller.ts:3 @typescript-eslint/no-floating-promises', 'src/taker.ts:2 TS2322'],
  ],
  ['in a file that is new', { 'src/new.ts': "export const wrong: number = 'a';\n" }, ['src/new.ts:1 TS2322']],
  [
    'of a setting that became stricter',
    {
      'src/apart.ts': 'export const apart = (x: number): void => undefined;\n',
      'tsconfig.json': JSON.stringify({
        compilerOptions: { ...COMPILER, noUnusedParameters: true },
        include: ['src'],
      }),
    },
    ['src/apart.ts:1 @typescript-eslint/no-unused-vars', 'src/apart.ts:1 TS6133'],
  ],
] as const;

describe('the checker that stays', () => {
  whenHere(
    title('finds a defect between clean projects, wherever it lies, and forgets it with the project'),
    async () => {
      expect(found(await check({}))).toEqual([]);
      for (const [, changed, wanted] of DEFECTS) {
        expect([...found(await check(changed))].sort()).toEqual(wanted);
        expect(found(await check({}))).toEqual([]);
      }
    },
    240_000,
  );

  whenHere(
    title('sees that a declaration that other files lean on is gone'),
    async () => {
      const leaning = { 'src/apart.ts': 'export const apart: number = FROM_ELSEWHERE;\n' };
      expect(found(await check({ ...leaning, 'src/all.d.ts': 'declare const FROM_ELSEWHERE: number;\n' }))).toEqual([]);
      expect(found(await check(leaning))).toEqual(['src/apart.ts:1 TS2304']);
    },
    240_000,
  );

  whenHere(
    title('executes nothing of a project: what is no plain data is refused, and the next one is served'),
    async () => {
      const spoil = "globalThis.process.stdout.write('executed');\n";
      const refusals = await Promise.all(
        [
          { 'eslint.config.js': `${CONFIG}${spoil}` },
          { 'eslint.config.js': CONFIG.replace("'error'", '(() => "error")()') },
          { 'eslint.config.js': "import './src/apart.ts';\nexport default [];\n" },
          {
            'eslint.config.js': CONFIG.replace(
              'tseslint.configs.strict',
              "...[tseslint.constructor.constructor('1')()]",
            ),
          },
          { 'package.json': '{ "type": "module", "name": "typescript-eslint", "exports": "./src/apart.ts" }' },
          { '.gates/lint.mjs': spoil },
          { 'node_modules/typescript-eslint/index.js': spoil },
        ].map(check),
      );
      expect(refusals.map(({ kind }) => kind)).toEqual(refusals.map(() => 'refused'));
      expect(found(await check({ 'src/eslint.config.js': spoil }))).toEqual([]);
    },
    240_000,
  );
});
