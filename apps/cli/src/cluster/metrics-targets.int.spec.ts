import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TempFolder } from '../testing/temp-folder.js';
import { signalsCheck } from '../use-cases/signals-check.js';
import { freePorts } from './free-port.js';
import { removeTargets, writeTargets } from './metrics-targets.js';

const folder = new TempFolder();
afterEach(() => folder.remove());

describe('where the processes of a fleet answer', () => {
  it('stands in a file as Prometheus reads it, and the doctor says where', async () => {
    const ports = await freePorts(['orchestrator-1', 'qa-1', 'qa-2']);
    expect(new Set(ports.values()).size).toBe(3);
    expect(signalsCheck(folder.path, folder.path).says).toContain('HTTP_PORT');
    const home = join(folder.path, 'cluster');
    mkdirSync(home);
    const file = writeTargets(home, ports);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toContainEqual({
      targets: [`127.0.0.1:${ports.get('qa-2')}`],
      labels: { process: 'qa-2' },
    });
    expect(signalsCheck(folder.path, folder.path).says).toBe(
      `3 processes answer /metrics and /health/ready: their addresses are in ${file}`,
    );
    removeTargets(home);
    expect(signalsCheck(folder.path, folder.path).says).toContain('no fleet here');
  });
});
