import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anyNatsServer, WITHOUT_NATS } from '@squados/event-log/testing';
import { ensureBundle } from '../testing/squados-process.js';

const root = resolve(import.meta.dirname, '../../../..');
const program = anyNatsServer();
const itHere = program === undefined ? it.skip : it;

const chaos = (...args: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> =>
  new Promise((done) => {
    const env = { ...process.env, NATS_SERVER_BIN: program ?? '' };
    const child = spawn(process.execPath, [join(root, 'bench/chaos/run.mjs'), ...args], { cwd: root, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('close', (code) => done({ code, said }));
  });

describe(`a fleet on which faults fall${program === undefined ? WITHOUT_NATS : ''}`, () => {
  itHere(
    'loses no acknowledged event, ends each attempt once, and brings every card to its end',
    async () => {
      ensureBundle();
      const { code, said } = await chaos('--seconds', '10', '--seed', '4', '--agents', 'product');
      expect(said).toMatch(/^\| events acknowledged to their writers, of them lost \| [1-9]\d*, 0 \|$/m);
      expect(said).toMatch(/^\| `squados events --verify --nats` \| sound: /m);
      expect(said).toMatch(/^\| violations \| 0 \|$/m);
      expect(code).toBe(0);
    },
    240_000,
  );
});
