import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createSandbox } from './create-sandbox.js';

const ECHO = 'while read -r line; do echo "heard $line"; done; echo end';

describe('a conversation with a run', () => {
  it('is heard while it goes on, and the end of what is said is the end of the input', async () => {
    const input = new PassThrough();
    const heard: string[] = [];
    const run = createSandbox().run(
      {
        command: ['sh', '-c', ECHO],
        files: new Map(),
        talk: {
          input,
          heard: (text) => {
            heard.push(text);
            if (heard.join('').endsWith('heard ação\n')) input.end('and more\n');
          },
        },
      },
      new AbortController().signal,
    );
    input.write('ação\n');
    const outcome = await run;
    expect(heard.join('')).toBe('heard ação\nheard and more\nend\n');
    expect(outcome).toMatchObject({ kind: 'exited', exitCode: 0, stdout: '' });
  }, 240_000);

  it('ends with the caller, however much would still be said', async () => {
    const controller = new AbortController();
    const input = new PassThrough();
    const run = createSandbox().run(
      {
        command: ['sh', '-c', ECHO],
        files: new Map(),
        talk: { input, heard: () => controller.abort() },
      },
      controller.signal,
    );
    input.write('one\n');
    expect(await run).toEqual({ kind: 'aborted' });
  }, 240_000);
});
