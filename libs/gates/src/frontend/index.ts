export { createFrontendGates, type FrontendGateOptions } from './create-frontend-gates.js';
