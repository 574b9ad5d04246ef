export { WorkTransport, type TransportLogger, type WorkTransportOptions } from './work-transport.js';
export { WORK_SETTLED, WorkContext } from './work-context.js';
export { settlementOf, type Handling, type Outcome, type Settlement } from './settlement.js';
