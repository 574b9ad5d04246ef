export { createLooseEndsGate } from './loose-ends.gate.js';
