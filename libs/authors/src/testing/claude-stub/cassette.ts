import { readFile, writeFile } from 'node:fs/promises';
import { requestHashOf } from './wire.js';
import { fails, type StubReply, type StubScript } from './replies.js';

export interface CassetteEntry {
  /** SHA-256 over the request's canonical JSON. */
  readonly request: string;
  readonly reply: StubReply;
}

/** Answers each request with what was recorded for the same one, in the order of recording; anything else is a 500 that says so. */
export const fromCassette = (entries: readonly CassetteEntry[]): StubScript => {
  const left = [...entries];
  return ({ body }) => {
    const hash = requestHashOf(body);
    const at = left.findIndex(({ request }) => request === hash);
    const [entry] = at < 0 ? [] : left.splice(at, 1);
    return entry?.reply ?? fails(500, { message: `the cassette holds no answer to ${hash}` });
  };
};

/** Lets a script answer and keeps what it said. */
export const recording =
  (script: StubScript, into: CassetteEntry[]): StubScript =>
  async (request, index) => {
    const reply = await script(request, index);
    into.push({ request: requestHashOf(request.body), reply });
    return reply;
  };

/** One entry a line. */
export const writeCassette = (file: string, entries: readonly CassetteEntry[]): Promise<void> =>
  writeFile(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));

/** @throws SyntaxError for a line that is no JSON */
export const readCassette = async (file: string): Promise<readonly CassetteEntry[]> =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CassetteEntry);
