const SERVER = /(?:^|\n)servers:\s*\n\s*-\s*url:\s*["']?([^"'\s]+)|"servers"\s*:\s*\[\s*\{\s*"url"\s*:\s*"([^"]+)"/;
const PATH = /^(?:\/[A-Za-z0-9._~-]+)+$/;

/** What our own contracts say. */
export const DEFAULT_API_BASE = '/api/v1';

/** Path of the first server that an OpenAPI document (YAML or JSON text) names, without a slash at its end; hostile ones give the default. */
export const contractBase = (text: string): string => {
  const found = SERVER.exec(text);
  const url = found?.[1] ?? found?.[2] ?? DEFAULT_API_BASE;
  const path = url.replace(/^https?:\/\/[^/]+/, '').replace(/\/+$/, '');
  return PATH.test(path) ? path : DEFAULT_API_BASE;
};
