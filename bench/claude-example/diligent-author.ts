import { calls, fails, isJudging, judging, says, type StubReply, type WireRequest } from '@squados/authors/testing';

const REPORT = says('{"summary":"one file was reviewed","assumptions":[]}');
const GOOD = 8.7;
const POOR = 6.5;
/** What does not compile, twice and differently. */
const BROKEN = ["export const shelves: number = 'seven';", 'export const shelves: string = missingShelves;'];
const STORM = { from: 8, to: 12, retryAfter: 1 };
const DROPPED = 40;
const DROP_AFTER_EVENTS = 4;

/** What a script has put in the way of the author, counted. */
export interface Planted {
  storm: number;
  drops: number;
  broken: number;
  poorJudgements: number;
}

const textOf = (request: WireRequest, at: number): string =>
  (request.messages.at(at)?.content ?? []).map((block) => String(block['text'] ?? block['content'] ?? '')).join('\n');

const pathsOf = (request: WireRequest): readonly string[] =>
  (/label="files">\n([\s\S]*?)\n<\/data/.exec(textOf(request, 0))?.[1] ?? '').split('\n');

const isComponent = (path: string): boolean =>
  path.endsWith('.tsx') && !/\.(?:test|stories)\.tsx$|main\.tsx$/.test(path);
const isService = (path: string): boolean => /\/app\/.*\.py$|\/internal\/.*\.go$/.test(path) && !/test/.test(path);

/** Code where the card has some, else its first document. */
const fileOf = (request: WireRequest): string | undefined => {
  const paths = pathsOf(request);
  return paths.find(isComponent) ?? paths.find(isService) ?? paths.find((path) => path.endsWith('.md'));
};

const readIn = (request: WireRequest): string => {
  const fenced = String(request.messages[2]?.content.find((block) => block.type === 'tool_result')?.['content'] ?? '');
  return fenced
    .replace(/^<data [^>]*>\n/, '')
    .replace(/\n<\/data [^>]*>$/, '')
    .trimEnd();
};

/** Where a formatter leaves it: before the code of Python, behind everything else. */
const remarked = (path: string, content: string, text: string): string => {
  if (path.endsWith('.py')) return content === '' ? `# ${text}\n` : `# ${text}\n${content}\n`;
  return `${content}\n\n${path.endsWith('.md') ? '' : '// '}${text}\n`;
};

const isDebugging = ({ system }: WireRequest): boolean =>
  system.some((block) => String(block['text']).includes('You are the debugging agent'));

const DIAGNOSIS = says(
  JSON.stringify({
    hypotheses: [{ claim: 'the remark breaks the build', evidence: 'every check names the file that holds it' }],
    rootCause: 'the remark',
    fix: 'write the file without it',
  }),
);

/** An author who reads a file and writes it back with a remark; the first component that it touches is broken twice before. */
class DiligentAuthor {
  private component: string | undefined;
  private judged = 0;

  constructor(private readonly planted: Planted) {}

  reply(request: WireRequest): StubReply {
    if (isJudging(request)) return this.judgement(request);
    if (isDebugging(request)) return DIAGNOSIS;
    const path = fileOf(request);
    if (path === undefined || textOf(request, -1) === 'written') return REPORT;
    if (request.messages.length === 1) return calls('read_file', { path });
    return calls('write_file', { path, content: this.changed(request, path) });
  }

  private judgement(request: WireRequest): StubReply {
    if (this.judged++ > 0) return judging(request, GOOD);
    this.planted.poorJudgements += 1;
    return judging(request, POOR);
  }

  private changed(request: WireRequest, path: string): string {
    const broken = this.breaks(request, path) ? BROKEN[this.planted.broken] : undefined;
    if (broken === undefined) return remarked(path, readIn(request), `Reviewed ${request.messages.length} turns on.`);
    this.planted.broken += 1;
    return `${readIn(request)}\n\n${broken}\n`;
  }

  private breaks(request: WireRequest, path: string): boolean {
    if (!isComponent(path)) return false;
    const card = textOf(request, 0);
    this.component ??= card;
    return this.component === card;
  }
}

/** The author, with a storm of 429 and one connection that breaks in the middle of an answer. */
export const diligentAuthor = (planted: Planted): ((request: WireRequest, index: number) => StubReply) => {
  const author = new DiligentAuthor(planted);
  return (request, index) => {
    if (index >= STORM.from && index < STORM.to) {
      planted.storm += 1;
      return fails(429, { retryAfter: STORM.retryAfter });
    }
    const reply = author.reply(request);
    if (index !== DROPPED || reply.kind !== 'message') return reply;
    planted.drops += 1;
    return { ...reply, dropAfter: DROP_AFTER_EVENTS };
  };
};
