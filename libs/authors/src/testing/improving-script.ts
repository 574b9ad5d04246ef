import { calls, says, type MessageReply, type StubScript, type WireRequest } from './claude-stub/index.js';

const REPORT = says('{"summary":"a sentence was added","assumptions":[]}');
const GOOD = 8.7;

const textOf = (request: WireRequest, at: number): string =>
  (request.messages.at(at)?.content ?? []).map((block) => String(block['text'] ?? block['content'] ?? '')).join('\n');

/** The first Markdown file of the version that the author works on. */
const fileOf = (request: WireRequest): string | undefined => {
  const list = /label="files">\n([\s\S]*?)\n<\/data/.exec(textOf(request, 0))?.[1] ?? '';
  return list.split('\n').find((path) => path.endsWith('.md'));
};

const bodyOf = (fenced: string): string => fenced.replace(/^<data [^>]*>\n/, '').replace(/\n<\/data [^>]*>$/, '');

/** The document as it was read at the beginning. */
const readIn = (request: WireRequest): string =>
  bodyOf(String(request.messages[2]?.content.find((block) => block.type === 'tool_result')?.['content'] ?? ''));

/** Whether a request asks for a judgement. */
export const isJudging = ({ system }: WireRequest): boolean =>
  system.some((block) => String(block['text']).startsWith('You judge work'));

/** A judgement with the same score for everything, quoting the first file that is shown. */
export const judging = (request: WireRequest, score: number): MessageReply => {
  const text = textOf(request, 0);
  const criteria = [...text.matchAll(/^- ([\w-]+) \(\d+ %\)/gm)].map(([, name]) => name ?? '');
  const files = text.slice(text.indexOf('The files:'));
  const [, path = '', content = ''] = /label="([^"]+)">\n([\s\S]*?)\n<\/data/.exec(files) ?? [];
  const quote = content.split('\n').find((line) => line.trim().length > 12) ?? content;
  const quotes = [{ path, text: quote }];
  return says(
    JSON.stringify({ scores: criteria.map((criterion) => ({ criterion, score, reason: 'as seen', quotes })) }),
  );
};

/** What a diligent author does: reads a document, writes it back with one more sentence, reports; mends it the same way. */
export const improving = (request: WireRequest): MessageReply => {
  if (isJudging(request)) return judging(request, GOOD);
  const path = fileOf(request);
  const last = textOf(request, -1);
  if (path === undefined || last === 'written') return REPORT;
  if (request.messages.length === 1) return calls('read_file', { path });
  const more = `Reviewed ${request.messages.length} turns on.`;
  return calls('write_file', { path, content: `${readIn(request).trimEnd()}\n\n${more}\n` });
};

/** The same, with faults in between: what a number of requests (from 0) is answered with instead. */
export const improvingWith =
  (faults: Readonly<Record<number, (request: WireRequest) => ReturnType<StubScript>>>): StubScript =>
  (request, index) =>
    faults[index]?.(request) ?? improving(request);
