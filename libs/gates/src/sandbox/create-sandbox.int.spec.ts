import { describe, expect, it } from '@jest/globals';
import { createSandbox } from './create-sandbox.js';

const request = {
  command: ['sh', '-c', 'cat in/a.txt'] as [string, ...string[]],
  files: new Map([['in/a.txt', 'hi\n']]),
};
const run = (options: Parameters<typeof createSandbox>[0]) =>
  createSandbox(options).run(request, new AbortController().signal);

describe('the sandbox of this machine', () => {
  it('takes the best driver that it has, and says on every outcome which', async () => {
    const sandbox = createSandbox({ env: {} });
    const report = await sandbox.isolation();
    const outcome = await sandbox.run(request, new AbortController().signal);
    const isolation = { level: report.level, by: report.by };
    expect(outcome).toMatchObject({ kind: 'exited', exitCode: 0, stdout: 'hi\n', stderr: '', isolation });
    expect(report.checks.length).toBeGreaterThan(5);
  });

  it('runs nothing below the level that is asked for, and says what to install', async () => {
    const outcome = await run({ drivers: ['plain'], env: { SANDBOX_MIN_LEVEL: '2' } });
    expect(outcome).toMatchObject({ kind: 'unavailable' });
    expect(outcome.kind === 'unavailable' && outcome.reason).toBe(
      'isolation level 1 (plain) is below SANDBOX_MIN_LEVEL 2; apt-get install bubblewrap',
    );
  });

  it('refuses a level that is none', () => {
    expect(() => createSandbox({ env: { SANDBOX_MIN_LEVEL: '3' } })).toThrow(
      'SANDBOX_MIN_LEVEL is "3"; give 0, 1 or 2',
    );
  });
});
