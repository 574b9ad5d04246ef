import { describe, expect, it } from '@jest/globals';
import { createSandbox } from './create-sandbox.js';

const never = (): AbortSignal => new AbortController().signal;

describe('the sandbox of this machine', () => {
  it('runs a command in its private directory and brings back what was asked for', async () => {
    const outcome = await createSandbox({ env: {} }).run(
      {
        command: ['sh', '-c', 'cat in/a.txt; echo made > out.txt; exit 3'],
        files: new Map([['in/a.txt', 'hello\n']]),
        collect: ['out.txt', 'absent.txt'],
      },
      never(),
    );
    expect(outcome).toMatchObject({ kind: 'exited', exitCode: 3, stdout: 'hello\n', stderr: '' });
    expect(outcome.kind === 'exited' && [...outcome.collected]).toEqual([['out.txt', 'made\n']]);
  });
});
