import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { SAY } from './say.script.js';

const LENGTH = 2_000_000;

/** All that the script says, read late: the pipe is full by then. */
const heard = async (script: string): Promise<string> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const parts: Buffer[] = [];
  child.stdout.pause();
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  await delay(200); // a reader that is late, not a wait for something
  child.stdout.resume();
  await new Promise((done) => child.on('close', done));
  return Buffer.concat(parts).toString();
};

describe('what a script inside says', () => {
  it('arrives whole, however long it is and however late it is read', async () => {
    // Whoever looks at process.stdout, as jest does, has its pipe not wait any more.
    const touched = 'void process.stdout.isTTY;';
    const script = `import { writeSync } from 'node:fs';\n${SAY}\n${touched}\nsay('mark ', 'x'.repeat(${LENGTH}));\nprocess.exit(0);`;
    expect((await heard(script)).length).toBe(LENGTH + '\nmark ""\n'.length);
  });
});
