import type { Gate } from '@squados/agent-runtime';
import { createDocumentLintGate } from './document-lint.gate.js';
import { createProductSchemaGate } from './product-schema.gate.js';
import { createRequirementCoverageGate } from './requirement-coverage.gate.js';

/** The gates that hold the product owner to its work, in the order in which they are worth reading. */
export const createProductGates = (): readonly Gate[] => [
  createProductSchemaGate(),
  createRequirementCoverageGate(),
  createDocumentLintGate(),
];

export { createDocumentLintGate, createProductSchemaGate, createRequirementCoverageGate };
export { BACKLOG_PATH } from './product-schema.gate.js';
