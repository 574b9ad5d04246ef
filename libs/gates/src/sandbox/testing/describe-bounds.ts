import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { theGround } from '../ground.js';
import type { Sandbox } from '../sandbox.port.js';
import { processesOf } from './hostile/attack.js';

const FOR_EVER = "trap '' TERM INT; (setsid sh -c 'while :; do sleep 1; done' &); while :; do sleep 1; done";

const until = async (holds: () => boolean): Promise<void> => {
  for (const end = performance.now() + 60_000; performance.now() < end && !holds();) await pause(10);
};

export const describeBounds = (sandbox: Sandbox): void => {
  describe('an end', () => {
    it('comes at once when the caller aborts, and for everything', async () => {
      const mark = `abort-${randomBytes(8).toString('hex')}`;
      const abort = new AbortController();
      const running = sandbox.run(
        { command: ['sh', '-c', FOR_EVER], files: new Map(), env: { MARK: mark } },
        abort.signal,
      );
      await until(() => processesOf(mark).length >= 3);
      expect(processesOf(mark).length).toBeGreaterThanOrEqual(3);
      abort.abort();
      expect(await running).toEqual({ kind: 'aborted' });
      expect(processesOf(mark)).toEqual([]);
    });

    it('before the beginning starts nothing', async () => {
      const outcome = await sandbox.run({ command: ['true'], files: new Map() }, AbortSignal.abort());
      expect(outcome).toEqual({ kind: 'aborted' });
    });

    it('by a signal of its own is told', async () => {
      const request = { command: ['sh', '-c', 'kill -SEGV $$'] as const, files: new Map<string, string>() };
      const outcome = await sandbox.run({ ...request, command: [...request.command] }, new AbortController().signal);
      expect(outcome).toMatchObject({ kind: 'limited', limit: 'signal', message: 'was ended by SIGSEGV' });
    });

    it('keeps the output and the reports of a run that a bound stopped', async () => {
      const command = ['sh', '-c', 'echo begun; echo half >report; while :; do sleep 1; done'] as const;
      const limits = { wallMs: 300 };
      const request = { command: [...command] as [string, ...string[]], files: new Map(), limits, collect: ['report'] };
      const outcome = await sandbox.run(request, new AbortController().signal);
      expect(outcome).toMatchObject({ kind: 'limited', limit: 'wallMs', stdout: 'begun\n' });
      expect(outcome.kind === 'limited' && [...outcome.collected]).toEqual([['report', 'half\n']]);
    });

    it('answers when the files alone are more than the directory may hold', async () => {
      const request = { command: ['sleep', '5'] as [string, ...string[]], limits: { diskMb: 1, wallMs: 3_000 } };
      const files = new Map([1, 2, 3].map((i) => [`f${i}`, 'x'.repeat(600_000)]));
      const outcome = await sandbox.run({ ...request, files }, new AbortController().signal);
      expect(outcome).toMatchObject({ kind: 'limited', limit: 'diskMb' });
    });

    it('leaves no folder of a run behind', () => {
      const left = readdirSync(theGround().ground.base.path).filter((name) => name.startsWith('run-'));
      expect(left).toEqual([]);
    });
  });
};
