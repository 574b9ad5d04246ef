import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { basename, join } from 'node:path';

/**
 * A process that takes part in a measurement: it answers each phase that the harness tells it, when the phase is over here.
 * Phases: `prepare` (a graph), `begin` (the clock of processor time starts), `go`, `end`, `stop`. What it has no handler for is over at once.
 */
/** Bytes that live here (where the collector may be called: after it) and that the process holds. */
const memory = () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, live: heapUsed + external };
};

/** Where profiles of the timed part go; absent: none are taken. */
const profiles = process.env.BENCH_PROFILES;
const inspector = profiles && new Session();

const post = (method, params) =>
  new Promise((resolve, reject) =>
    inspector.post(method, params, (error, answer) => (error ? reject(error) : resolve(answer))),
  );

const beginProfile = async () => {
  inspector.connect();
  await post('Profiler.enable');
  await post('Profiler.setSamplingInterval', { interval: 200 });
  await post('Profiler.start');
};

const endProfile = async () => {
  const { profile } = await post('Profiler.stop');
  inspector.disconnect();
  writeFileSync(join(profiles, `${basename(process.argv[1])}-${process.pid}.cpuprofile`), JSON.stringify(profile));
};

export const participate = (phases) => {
  let cpu = process.cpuUsage();
  const answerTo = async ({ phase, data }) => {
    if (phase === 'begin') {
      if (inspector) await beginProfile();
      cpu = process.cpuUsage();
    }
    const { user, system } = process.cpuUsage(cpu);
    if (inspector && phase === 'end') await endProfile();
    const answer = await phases[phase]?.(data);
    const more = phase === 'end' ? { cpuSeconds: (user + system) / 1e6, memory: memory() } : {};
    process.send?.({ phase, ...more, ...answer });
    if (phase === 'stop') process.disconnect();
  };
  const failed = (error) => process.send?.({ phase: 'failed', message: String(error?.stack ?? error) });
  process.on('message', (message) => answerTo(message).catch(failed));
  process.on('unhandledRejection', failed);
  process.send?.({ phase: 'up' });
};
