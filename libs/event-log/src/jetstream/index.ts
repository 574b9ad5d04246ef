export { openJetStreamLog, type JetStreamObserver, type JetStreamOptions } from './open-jetstream-log.js';
export { parseNatsUrl, type NatsAccess, type NatsUrlResult } from './nats-access.js';
export type { JetStreamLog } from './jetstream-log.js';
export { rawJetStreamLog } from './raw-jetstream-log.js';
export { restoreJetStreamLog } from './restore-jetstream-log.js';
export { natsVariable } from './nats-variable.js';
