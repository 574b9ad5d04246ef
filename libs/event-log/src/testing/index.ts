export { describeEventLogContract, type ContractOptions, type LogHarness } from './event-log.contract.js';
export { describeWorkClaimContract, type ClaimHarness } from './work-claim.contract.js';
export { followFor, positionsOf, readAll, startFollowing, type Follower } from './reading.js';
export { until, within } from './waiting.js';
export { anyNatsServer, findNatsServers, WITHOUT_NATS, type NatsCandidate } from './find-nats-servers.js';
export { startNatsServer, type NatsServer, type ServerOptions } from './nats-server.js';
