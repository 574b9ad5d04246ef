// BullMQ as its documentation uses it: a queue, workers, queue events. Dependencies that are no tree are the caller's to keep.
import { Queue, QueueEvents, Worker } from 'bullmq';
import { Gaps, Graph } from '../graph.mjs';

export const settings = JSON.parse(process.argv[2] ?? '{}');
const NAME = 'cards';
const connection = { host: '127.0.0.1', port: settings.port, maxRetriesPerRequest: null };

/** As many bytes beside the card's number as ours has in a CardEnqueued, and in the end of an attempt. */
const padding = (bytes) => '.'.repeat(Math.max(0, bytes - 16));
const PAYLOAD = padding(settings.bytes?.decided ?? 0);
const RESULT = padding(settings.bytes?.attempt ?? 0);

export const working = () => {
  const gaps = new Gaps();
  const verdict = async ({ data }) => {
    gaps.begun();
    const result = { card: data.card, verdict: 'pass', more: RESULT };
    gaps.ended();
    return result;
  };
  const worker = new Worker(NAME, verdict, { connection, concurrency: settings.slots });
  return { worker, gaps };
};

export const listening = async () => {
  const events = new QueueEvents(NAME, { connection });
  await events.waitUntilReady();
  return events;
};

/** Enqueues what is ready; told of each end, what that makes ready. */
export class Dispatcher {
  queue = new Queue(NAME, { connection });

  prepare({ name, file }) {
    this.name = name;
    this.graph = new Graph(file);
  }

  async go() {
    this.enqueue(this.graph.roots());
    await this.graph.finished;
  }

  ended(jobId) {
    this.enqueue(this.graph.done(Number(jobId.split('-')[1])));
  }

  enqueue(cards) {
    const jobs = cards.map((card) => ({
      name: 'card',
      data: { card, more: PAYLOAD },
      opts: { jobId: `${this.name}-${card}` },
    }));
    if (jobs.length === 1) void this.queue.add('card', jobs[0].data, jobs[0].opts);
    else if (jobs.length > 1) void this.queue.addBulk(jobs);
  }

  close() {
    return this.queue.close();
  }
}
