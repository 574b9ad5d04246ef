import type { ProjectId } from '@squados/contracts';
import type { ModelRequest } from './model-client.port.js';
import type { RecordedCalls } from './recorded-calls.js';
import { canonicalJson } from './request-hash.js';

const AROUND = 60;
const MOST_COMPARED = 200;

/** Says where a request leaves the one on record that it is most like. */
export const firstDifference = async (
  recorded: RecordedCalls,
  project: ProjectId,
  { maxTokens: _maxTokens, ...request }: ModelRequest,
): Promise<string> => {
  const asked = canonicalJson(request);
  let nearest = { at: -1, text: '' };
  for (const called of recorded.requests(project).slice(0, MOST_COMPARED)) {
    const text = await recorded.text(called.request);
    const at = commonLength(asked, text);
    if (at > nearest.at) nearest = { at, text };
  }
  if (nearest.at < 0)
    return 'nothing was asked of a model in the recorded run: it can’t be executed again from its record';
  return `this request was not made in the recorded run; it first differs at character ${nearest.at}: recorded ${around(nearest.text, nearest.at)}, now ${around(asked, nearest.at)}`;
};

const commonLength = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  for (let at = 0; at < most; at++) if (a[at] !== b[at]) return at;
  return most;
};

const around = (text: string, at: number): string => JSON.stringify(text.slice(at, at + AROUND));
