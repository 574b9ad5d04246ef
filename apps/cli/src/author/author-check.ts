import type { Check } from '../use-cases/check.js';
import { authorOf } from './author-setup.js';

const TIMEOUT_MS = 10_000;

/** Who would write here. A key is tried on a request that costs nothing. */
export const authorCheck = async (env: NodeJS.ProcessEnv): Promise<Check> => {
  const setup = authorOf(env, {});
  if (setup.kind !== 'claude')
    return { name: 'author', state: 'missing', says: 'offline: set ANTHROPIC_API_KEY to let Claude write' };
  const { createAnthropicClient, ModelCallError } = await import('@squados/authors/claude');
  try {
    await createAnthropicClient(setup).check(AbortSignal.timeout(TIMEOUT_MS));
    return { name: 'author', state: 'ok', says: 'claude: the key is let in' };
  } catch (error) {
    const says = error instanceof ModelCallError ? error.message : String(error);
    return { name: 'author', state: 'bad', says: `claude: ${says}` };
  }
};
