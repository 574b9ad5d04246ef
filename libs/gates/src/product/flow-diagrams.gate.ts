import type { Gate, GateInput } from '@squados/agent-runtime';
import type { GatePool } from '../pool/gate-pool.port.js';
import type { TextFile } from '../pool/job.js';
import { verdictOf } from '../pool/verdict-of.js';
import { isEpic, isProductCard } from './product-gate.js';

const FLOWS = 'produto/ux-designs/user-flows/';

const flowFiles = (files: GateInput['files']): readonly TextFile[] =>
  [...files].filter(([path]) => path.startsWith(FLOWS)).map(([path, text]) => ({ path, text }));

/** Every user flow is a diagram that Mermaid reads; it is parsed in the pool's worker. */
export const createFlowDiagramsGate = (pool: GatePool): Gate => ({
  name: 'mermaid-parses',
  applies: (task) => (isProductCard(task) && isEpic(task) ? 'required' : 'none'),
  run: async ({ files, tools }) =>
    verdictOf(
      { command: `mermaid.parse on every diagram below ${FLOWS}`, isolation: pool.isolation },
      await pool.run('mermaid', { files: flowFiles(files) }, { signal: tools.signal }),
    ),
});
