import { Gaps } from '../graph.mjs';
import { participate } from '../participant.mjs';
import { bodyOf, follow, KIND, linked, settings, work } from './link.mjs';

const link = await linked();
const started = bodyOf(KIND.started, Math.round(settings.bytes.attempt / 2));
const ended = bodyOf(KIND.ended, settings.bytes.attempt);
const startsFirst = settings.announce === 'started-first';
const gaps = new Gaps();

const handle = async ({ subject }) => {
  const lane = subject.replace(/decided$/, 'attempt');
  const expected = startsFirst ? await link.append(lane, 0, started) : 0;
  gaps.begun();
  gaps.ended();
  await link.append(lane, expected, ended);
};

for (const filter of settings.agentFollows) await follow(link, filter, () => undefined);
await work(link, settings.slots, handle);

participate({
  begin: () => void gaps.take(),
  end: () => ({ gaps: gaps.take() }),
  stop: () => link.nc.close(),
});
