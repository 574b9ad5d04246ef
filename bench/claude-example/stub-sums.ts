import type { StubCall } from '@squados/authors/testing';

/** What an author is told whose version did not pass. */
export const isRepair = ({ request }: StubCall): boolean =>
  JSON.stringify(request?.messages).includes('The checks rejected this version');

/** Of all prompts, the share that came from the cache. */
export const readShare = (calls: readonly StubCall[]): number => {
  const usages = calls.flatMap(({ usage }) => (usage ? [usage] : []));
  const read = usages.reduce((sum, u) => sum + u.read, 0);
  const all = usages.reduce((sum, u) => sum + u.input + u.read + u.write5m + u.write1h, 0);
  return read / Math.max(1, all);
};
