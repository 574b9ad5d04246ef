import { createServer } from 'node:net';

/** Ports below are what people may have chosen for themselves; above it the product looks from here on. */
export const FIRST_PORT = 4_180;
const TRIES = 200;

/**
 * The first `count` ports of loopback that nobody listens on, from `first` upwards, so that a product keeps its address over restarts.
 * Another program may take one before the product listens on it.
 * @throws Error when 200 ports are too few
 */
export const freePorts = async (
  count: number,
  first: number,
  except: ReadonlySet<number> = new Set(),
): Promise<readonly number[]> => {
  const found: number[] = [];
  for (let port = first; port < first + TRIES && found.length < count; port++)
    if (!except.has(port) && (await isFree(port))) found.push(port);
  if (found.length < count) throw new Error(`no free port between ${first} and ${first + TRIES} on 127.0.0.1`);
  return found;
};

export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
