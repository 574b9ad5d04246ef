import { participate } from '../participant.mjs';
import { working } from './queue.mjs';

const { worker, gaps } = working();
await worker.waitUntilReady();

participate({
  begin: () => void gaps.take(),
  end: () => ({ gaps: gaps.take() }),
  stop: () => worker.close(),
});
