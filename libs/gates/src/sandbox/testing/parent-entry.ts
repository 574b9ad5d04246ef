import { bubblewrapDriver } from '../drivers/bubblewrap.js';
import { plainDriver } from '../drivers/plain.js';
import { unshareDriver } from '../drivers/unshare.js';
import { theGround } from '../ground.js';
import { runInDriver } from '../run-in-driver.js';

/* Arguments: driver, mark. Says where its folder is, then runs what goes on for ever, in several sessions, until somebody kills it. */

const [name, mark = ''] = process.argv.slice(2);
const FOR_EVER = '(setsid sh -c ": $ATTACK_MARK; while :; do sleep 1; done" &) ; while :; do sleep 1; done';

const driver = [bubblewrapDriver, unshareDriver, plainDriver].find((one) => one.name === name) ?? plainDriver;
process.stdout.write(`${theGround().ground.base.path}\n`);
const terms = { isolation: { level: driver.level, by: 'a test' }, signal: new AbortController().signal };
const outcome = await runInDriver(
  driver,
  { command: ['sh', '-c', FOR_EVER], files: new Map(), env: { ATTACK_MARK: mark }, limits: { wallMs: 30_000 } },
  terms,
);
process.stdout.write(`${JSON.stringify(outcome)}\n`);
