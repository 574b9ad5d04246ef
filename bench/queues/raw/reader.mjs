import { Graph } from '../graph.mjs';
import { participate } from '../participant.mjs';
import { cardOf, follow, KIND, linked } from './link.mjs';

const link = await linked();
let graph;
await follow(link, 'raw.>', ({ subject, data }) => {
  if (data[0] === KIND.ended) graph.done(cardOf(subject));
});

participate({
  prepare: ({ file }) => void (graph = new Graph(file)),
  go: () => graph.finished,
  stop: () => link.nc.close(),
});
