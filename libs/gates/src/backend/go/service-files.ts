import type { GateInput } from '@squados/agent-runtime';
import { FOLDER } from '../shared/gate-parts.port.js';

/** The service's files, where a run finds them: `service/go.mod`. */
export const serviceFiles = (files: GateInput['files']): readonly (readonly [path: string, text: string])[] =>
  [...files].flatMap(([path, text]) =>
    path.startsWith(FOLDER) ? [[`service/${path.slice(FOLDER.length)}`, text] as const] : [],
  );
