import type { Gate } from '@squados/agent-runtime';
import type { GatePool } from '../pool/gate-pool.port.js';
import { createDocumentLintGate } from './document-lint.gate.js';
import { createFlowDiagramsGate } from './flow-diagrams.gate.js';
import { createProductSchemaGate } from './product-schema.gate.js';
import { createRequirementCoverageGate } from './requirement-coverage.gate.js';

export interface ProductGateOptions {
  /** Where diagrams are parsed; without one the user flows are not checked and the gate is not listed. */
  readonly pool?: GatePool;
}

/** The gates that hold the product owner to its work, in the order in which they are worth reading. */
export const createProductGates = ({ pool }: ProductGateOptions = {}): readonly Gate[] => [
  createProductSchemaGate(),
  createRequirementCoverageGate(),
  createDocumentLintGate(),
  ...(pool ? [createFlowDiagramsGate(pool)] : []),
];

export { createDocumentLintGate, createFlowDiagramsGate, createProductSchemaGate, createRequirementCoverageGate };
export { BACKLOG_PATH } from './product-schema.gate.js';
