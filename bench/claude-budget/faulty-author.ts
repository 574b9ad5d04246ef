import { calls, fails, says, type StubReply, type WireRequest } from '@squados/authors/testing';

const REPORT = says('{"summary":"a line was added","assumptions":[]}');
const DROP_AFTER_EVENTS = 5;
const BUSY_SHARE = 0.03;
const DROP_SHARE = 0.03;
const UNFINISHED_SHARE = 0.25;
/** Up to some 8,000 tokens: an answer may become half as long as it is allowed to. */
const MOST_RULES = 1_200;

const textOf = (request: WireRequest, at: number): string =>
  (request.messages.at(at)?.content ?? []).map((block) => String(block['text'] ?? block['content'] ?? '')).join('\n');

const pathOf = (request: WireRequest): string =>
  /label="files">\n([^\n]+)/.exec(textOf(request, 0))?.[1] ?? 'produto/unknown.md';

/** Of a text: the same in every process and at every repetition, so that a request that is repeated has the same answer. */
const shareOf = (text: string): number => {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
  return hash / 2 ** 32;
};

const answer = (request: WireRequest, run: number): StubReply => {
  const path = pathOf(request);
  const turns = request.messages.length;
  if (textOf(request, -1) === 'written') return REPORT;
  if (turns === 1) return calls('read_file', { path });
  const isFirst = turns === 3;
  const text = isFirst && shareOf(`${run} ${path}`) < UNFINISHED_SHARE ? 'unfinished' : 'Looked through.';
  const rules = 'A rule of the card.\n'.repeat(Math.ceil(shareOf(`${run} ${path} ${turns}`) * MOST_RULES));
  return calls('write_file', { path, content: `# ${path}\n\n${rules}\n${text} ${turns}\n` });
};

/** Reads its file, writes it (some of them unfinished at first), reports; now and then the provider is busy or the line breaks. */
export const faultyAuthor = (draw: () => number, paceMs: number, dropped: () => void) => {
  const run = draw();
  return (request: WireRequest): StubReply => {
    const reply = answer(request, run);
    const luck = draw();
    if (reply.kind !== 'message') return reply;
    if (luck < BUSY_SHARE) return fails(429, { retryAfter: 0 });
    if (luck >= BUSY_SHARE + DROP_SHARE) return { ...reply, paceMs };
    dropped();
    return { ...reply, paceMs, dropAfter: DROP_AFTER_EVENTS };
  };
};
