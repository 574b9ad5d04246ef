import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backlogText, fileCard } from './testing/shop.js';
import { ensureBundle, ROOT } from './testing/squados-process.js';

/** A disk of its own for the folder, too small for the run; it grows, and the run is taken up again. Each code on a line of its own. */
const SCRIPT = `
mount -t tmpfs -o size=900k tmpfs disk || exit 77
"$@" run shop.json --data disk/d --yes --exit --agents product 2>full.txt; echo "full $?"
mount -o remount,size=64m disk
"$@" run shop.json --data disk/d --yes --exit >again.txt; echo "again $?"
"$@" events --verify --data disk/d >verify.txt; echo "verify $?"
cat full.txt
find disk/d -name '*.tmp' -o -name '*.new' -o -path '*/tmp/*'
`;

const NAMESPACE = ['--user', '--map-root-user', '--mount'];
const canMount = spawnSync('unshare', [...NAMESPACE, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0;
const why = canMount ? '' : ' (skipped: no mount namespace for us here)';

let cwd = '';
beforeAll(() => ensureBundle(), 120_000);
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'squados-full-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

(canMount ? it : it.skip)(
  `a disk that fills up in the middle of a run ends it with the file and the remedy, and loses nothing${why}`,
  () => {
    const cards = Array.from({ length: 60 }, (_, i) => fileCard(`PROD-${i + 1}`, i === 0 ? [] : [`PROD-${i}`]));
    writeFileSync(join(cwd, 'shop.json'), backlogText(cards));
    mkdirSync(join(cwd, 'disk'));
    const squados = [process.execPath, join(ROOT, 'apps/cli/bin/squados.mjs')];
    const { stdout } = spawnSync('unshare', [...NAMESPACE, 'sh', '-c', SCRIPT, 'sh', ...squados], {
      cwd,
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/PROD-2 +completed/);
    expect(stdout).not.toMatch(/PROD-60 +completed/);
    expect(stdout).toContain('full 2\nagain 0\nverify 0\n');
    // The log and the artifact store take turns at the last bytes.
    const full = /\nsquados: (?:\S+ has no room left|no room to write \S+) \(.*\): free .* (?:start|try) again/;
    expect(stdout).toMatch(full);
  },
  240_000,
);
