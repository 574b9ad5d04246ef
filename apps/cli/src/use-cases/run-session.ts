import type { CliContext } from '../cli-context.js';
import type { ExitCode } from '../exit-codes.js';
import type { Session } from './session.js';

/**
 * Loads services and agents, which takes this process a second, and runs them on a folder; the gate workers start meanwhile. Call it
 * when the input is known to be sound: bad input is told without that weight.
 */
export const runSession = async (context: CliContext, session: Session): Promise<ExitCode> => {
  const { warmGatePool } = await import('../solo/gate-pool.js');
  const pool = warmGatePool();
  try {
    const { holdSession } = await import('./hold-session.js');
    return await holdSession(context, { ...session, pool });
  } finally {
    await pool.close();
  }
};
