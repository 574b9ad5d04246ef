import { Graph } from '../graph.mjs';
import { participate } from '../participant.mjs';
import { bodyOf, cardOf, follow, KIND, laneOf, linked, settings, STREAM } from './link.mjs';

const link = await linked();
await link.jsm.streams.add({ name: STREAM, subjects: ['raw.>'], storage: 'file', discard: 'new' });
const body = bodyOf(KIND.enqueued, settings.bytes.decided);
const window = 2 * settings.slots;
let run;

const fill = () => {
  while (run.open < window && run.next < run.ready.length) {
    run.open++;
    void link.append(laneOf(run.name, run.ready[run.next++], 'decided'), 0, body);
  }
};

await follow(link, 'raw.>', ({ subject, data }) => {
  if (data[0] !== KIND.ended) return;
  run.open--;
  run.ready.push(...run.graph.done(cardOf(subject)));
  fill();
});

participate({
  prepare: ({ name, file }) => {
    const graph = new Graph(file);
    run = { name, graph, ready: graph.roots(), next: 0, open: 0 };
  },
  go: async () => {
    fill();
    await run.graph.finished;
  },
  stop: () => link.nc.close(),
});
