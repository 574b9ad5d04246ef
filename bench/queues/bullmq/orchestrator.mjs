import { participate } from '../participant.mjs';
import { Dispatcher, listening } from './queue.mjs';

const dispatcher = new Dispatcher();
const events = await listening();
events.on('completed', ({ jobId }) => dispatcher.ended(jobId));

participate({
  prepare: (told) => dispatcher.prepare(told),
  go: () => dispatcher.go(),
  stop: async () => {
    await events.close();
    await dispatcher.close();
  },
});
