import type { IncomingHttpHeaders } from 'node:http';

/** Names under which a browser on this machine may know us; any other Host is somebody's rebinding name. */
const NAMES = ['127.0.0.1', 'localhost'] as const;

export const isOwnHost = (host: string | undefined, port: number): boolean =>
  NAMES.some((name) => host === `${name}:${port}`);

export const isOwnOrigin = (origin: string, port: number): boolean =>
  NAMES.some((name) => origin === `http://${name}:${port}`);

/** Whether a request that changes something can only have been made by our own page (or by a program with the session). */
export const isOwnMutation = (headers: IncomingHttpHeaders): boolean =>
  headers['x-squados'] === '1' && /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');

/** What browsers say of where a request comes from; absent in programs and old browsers. */
export const isForeignSite = (headers: IncomingHttpHeaders): boolean => {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
};
