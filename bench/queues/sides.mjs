// Who is measured: which server, which processes, and what each is told.
import { join } from 'node:path';

const here = import.meta.dirname;
const script = (...path) => join(here, ...path);

/** What an agent of ours follows besides its work: the log, once. */
const AGENT_FOLLOWS = ['raw.>'];

export const sidesOf = (bundle) => {
  const ours = (names) => names.map((name) => ({ name, file: () => bundle(name) }));
  const natsAt = ({ server }) => ({ url: `nats://127.0.0.1:${server.port}` });
  return {
    'ours, 3 processes': {
      server: 'nats',
      processes: ours(['orchestrator', 'reader', 'agent']),
      settings: natsAt,
      announces: true,
    },
    'ours, 1 process': { server: 'nats', processes: ours(['whole']), settings: natsAt, announces: true },
    'ours, embedded': { processes: ours(['whole']), settings: () => ({}), announces: true },
    'raw, 3 processes': {
      server: 'nats',
      processes: ['orchestrator', 'reader', 'agent'].map((name) => ({
        name,
        file: () => script('raw', `${name}.mjs`),
      })),
      settings: ({ server }) => ({ url: `127.0.0.1:${server.port}`, agentFollows: AGENT_FOLLOWS }),
      announces: true,
    },
    'BullMQ, 3 processes': {
      server: 'redis',
      needs: 'bullmq',
      processes: ['orchestrator', 'reader', 'worker'].map((name) => ({
        name,
        file: () => script('bullmq', `${name}.mjs`),
      })),
      settings: ({ server }) => ({ port: server.port }),
    },
    'BullMQ, 1 process': {
      server: 'redis',
      needs: 'bullmq',
      processes: [{ name: 'whole', file: () => script('bullmq', 'whole.mjs') }],
      settings: ({ server }) => ({ port: server.port }),
    },
  };
};
