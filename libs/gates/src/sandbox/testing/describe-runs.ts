import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Driver } from '../drivers/driver.js';
import type { Sandbox, SandboxOutcome, SandboxRequest } from '../sandbox.port.js';

const never = (): AbortSignal => new AbortController().signal;

type Request = Partial<SandboxRequest> & Pick<SandboxRequest, 'command'>;

const textOf = (outcome: SandboxOutcome): string =>
  outcome.kind === 'exited' ? outcome.stdout : JSON.stringify(outcome);

const SERVE_AND_ASK = `
import { createServer } from 'node:http';
const server = createServer((_, answer) => answer.end('served')).listen(Number(process.argv[1]), '127.0.0.1', async () => {
  console.log(await (await fetch('http://127.0.0.1:' + process.argv[1])).text());
  server.closeAllConnections();
  server.close();
});
`;

export const describeRuns = (driver: Driver, sandbox: Sandbox): void => {
  const run = (request: Request): Promise<SandboxOutcome> => sandbox.run({ files: new Map(), ...request }, never());
  const shell = (script: string, rest: Partial<SandboxRequest> = {}): Promise<SandboxOutcome> =>
    run({ command: ['sh', '-c', script], ...rest });
  let toolchain: string;

  beforeAll(() => {
    toolchain = mkdtempSync('/tmp/squados-toolchain-');
    chmodSync(toolchain, 0o755);
    mkdirSync(join(toolchain, 'deep'));
    writeFileSync(join(toolchain, 'deep/tool.sh'), 'echo a tool\n');
  });
  afterAll(() => rmSync(toolchain, { recursive: true, force: true }));

  describe('a run', () => {
    it('has the files, the arguments as they are, the input and the folder that were asked for', async () => {
      const outcome = await run({
        command: ['sh', '-c', 'cat a.txt; cat; printf "%s|" "$@"', 'sh', 'one two', '$HOME', "it's", ''],
        files: new Map([['in/é/a.txt', 'hello\n']]),
        cwd: 'in/é',
        stdin: 'typed\n',
      });
      expect(textOf(outcome)).toBe("hello\ntyped\none two|$HOME|it's||");
    });

    it('loses nothing of what a command printed that ended at once', async () => {
      for (let round = 0; round < 6; round++) {
        const both = await Promise.all([1, 2].map(() => shell('echo out; echo err >&2')));
        expect(both.map(textOf)).toEqual(['out\n', 'out\n']);
      }
    });

    it('has no variable but those that were asked for and four defaults', async () => {
      const names = textOf(await run({ command: ['env'], env: { MINE: 'a=b c', PATH: '/usr/bin:/bin' } }))
        .split('\n')
        .map((line) => line.split('=', 1)[0])
        .filter(Boolean);
      const known = ['HOME', 'LANG', 'MINE', 'PATH', 'PWD', 'TMPDIR', ...(driver.level === 1 ? ['SANDBOX_RUN'] : [])];
      expect(names.filter((name) => !known.includes(name ?? ''))).toEqual([]);
      expect(names).toEqual(expect.arrayContaining(['HOME', 'LANG', 'MINE', 'PATH', 'TMPDIR']));
    });

    it('tells exit codes and brings back regular files, odd text noted', async () => {
      const outcome = await shell('mkdir r; echo yes >r/a.xml; printf "a\\377b" >bad; exit 7', {
        collect: ['r/a.xml', 'bad', 'r', 'absent'],
      });
      expect(outcome).toMatchObject({ kind: 'exited', exitCode: 7 });
      expect(outcome.kind === 'exited' && [...outcome.collected]).toEqual([
        ['r/a.xml', 'yes\n'],
        ['bad', 'a\uFFFDb'],
      ]);
      expect(outcome.kind === 'exited' && outcome.notes).toEqual([
        'bad held invalid UTF-8, which was replaced',
        'r is no regular file and was left out',
      ]);
    });

    it('sees a toolchain at its own place and below its directory', async () => {
      const outcome = await shell(`sh '${toolchain}/deep/tool.sh'; sh tools/deep/tool.sh`, {
        mounts: [
          { from: toolchain, at: toolchain },
          { from: toolchain, at: 'tools' },
        ],
      });
      expect(textOf(outcome)).toBe('a tool\na tool\n');
    });

    it('can serve and ask on its own loopback', async () => {
      const command = [process.execPath, '--input-type=module', '-e', SERVE_AND_ASK, '45671'] as const;
      const outcome = await run({ command: [...command], mounts: [{ from: process.execPath, at: process.execPath }] });
      expect(textOf(outcome)).toBe('served\n');
    });

    it('answers what it lacks instead of starting', async () => {
      expect(await run({ command: ['no-such-program'] })).toEqual({
        kind: 'unavailable',
        reason: 'the sandbox lacks the program no-such-program',
      });
      const mounts = [{ from: '/no/such/folder', at: 'x' }];
      expect(await shell('true', { mounts })).toMatchObject({
        kind: 'unavailable',
        reason: expect.stringContaining('/no/such/folder'),
      });
      expect(await shell('true', { cwd: 'nowhere' })).toMatchObject({
        kind: 'unavailable',
        reason: expect.stringContaining('nowhere'),
      });
    });

    it.each(['../a', '/a', 'a/../../b', 'a//b', 'a\\b', 'a\0b', ''])('refuses the path %j', async (path) => {
      await expect(shell('true', { files: new Map([[path, '']]) })).rejects.toThrow('sandbox request');
      await expect(shell('true', { collect: [path] })).rejects.toThrow('sandbox request');
    });

    it('refuses a file that is also the folder of another', async () => {
      const files = new Map([
        ['a', ''],
        ['a/b', ''],
      ]);
      await expect(shell('true', { files })).rejects.toThrow('the file a/b is in the way');
    });

    it('does not disturb four others', async () => {
      const outcomes = await Promise.all(
        [0, 1, 2, 3, 4].map((i) =>
          shell('echo "$N" >same; sleep 0.2; cat same; ls', {
            env: { N: String(i) },
            files: new Map([[`only-${i}`, '']]),
          }),
        ),
      );
      expect(outcomes.map(textOf)).toEqual([0, 1, 2, 3, 4].map((i) => `${i}\nonly-${i}\nsame\n`));
    });
  });
};
