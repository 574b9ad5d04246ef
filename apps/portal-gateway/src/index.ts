export { gatewayObserver, type GatewayObserver } from './gateway-observer.js';
export type { GatewaySource, Intake, IntakeBytes, Intended, Refusal } from './gateway-source.port.js';
export { DEFAULT_PORT, startGateway, type Gateway, type GatewayOptions } from './start-gateway.js';
export type { FollowedFolder } from './follow-folder.js';
export { followNats, type FollowNats } from './follow-nats.js';
