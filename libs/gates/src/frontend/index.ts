export {
  createFrontendGates,
  openFrontendGates,
  type FrontendGateOptions,
  type FrontendGates,
} from './open-frontend-gates.js';
