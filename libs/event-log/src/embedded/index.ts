export { openEmbeddedLog, type OpenOptions } from './open-embedded-log.js';
export type { EmbeddedLog } from './embedded-log.js';
export { rawEmbeddedLog, restoreEmbeddedLog } from './raw-embedded-log.js';
export { readOwner, type LockOwner } from './folder-lock.js';
export {
  serveControl,
  callControl,
  type ControlAnswer,
  type ControlHandler,
  type ControlServer,
} from './control-socket.js';
