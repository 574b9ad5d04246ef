import type { Actor } from '@squados/contracts';
import { userInfo } from 'node:os';

/** Who sits at the keyboard: SQUADOS_USER, else the system's name for them. */
export const actorOf = (env: NodeJS.ProcessEnv): Actor => ({
  kind: 'person',
  name: env['SQUADOS_USER']?.trim() || systemName(),
});

const systemName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'operator'; // a container may run under a number without a name
  }
};
