import { participate } from '../participant.mjs';
import { Dispatcher, working } from './queue.mjs';

const dispatcher = new Dispatcher();
const { worker, gaps } = working();
worker.on('completed', ({ id }) => dispatcher.ended(id));
await worker.waitUntilReady();

participate({
  prepare: (told) => dispatcher.prepare(told),
  begin: () => void gaps.take(),
  go: () => dispatcher.go(),
  end: () => ({ gaps: gaps.take() }),
  stop: async () => {
    await worker.close();
    await dispatcher.close();
  },
});
