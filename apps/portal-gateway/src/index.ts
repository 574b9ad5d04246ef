export { gatewayObserver, type GatewayObserver } from './gateway-observer.js';
export type { GatewaySource, Intake, IntakeBytes, Intended, Refusal } from './gateway-source.port.js';
export { DEFAULT_PORT, startGateway, type Gateway, type GatewayOptions } from './start-gateway.js';
