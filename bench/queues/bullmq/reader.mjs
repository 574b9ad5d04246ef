import { Graph } from '../graph.mjs';
import { participate } from '../participant.mjs';
import { listening } from './queue.mjs';

const events = await listening();
let graph;
events.on('completed', ({ jobId }) => graph.done(Number(jobId.split('-')[1])));

participate({
  prepare: ({ file }) => void (graph = new Graph(file)),
  go: () => graph.finished,
  stop: () => events.close(),
});
