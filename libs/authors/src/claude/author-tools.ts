import { safeArtifactPath, safeArtifactPaths } from '@squados/artifacts';
import type { Files, RoleTools, Task } from '@squados/agent-runtime';
import type { Sha256 } from '@squados/contracts';
import type { AnswerPart, ToolSpec, UserPart } from './model-client.port.js';
import { fenced, MOST_FENCED } from './fence.js';

const textField = (description: string): Readonly<Record<string, unknown>> => ({ type: 'string', description });

export const AUTHOR_TOOLS: readonly ToolSpec[] = [
  {
    name: 'read_file',
    description:
      'Shows one file: of the version that you work on, or of what the cards that this one builds on delivered. Paths are relative to app-artefacts/, as listed.',
    input: {
      type: 'object',
      properties: { path: textField('the path as listed') },
      required: ['path'],
      additionalProperties: false,
    },
  },
  {
    name: 'write_file',
    description:
      'Puts a whole file in place of the one at this path, or adds it. The content is the complete file, not a part of it and not wrapped in Markdown.',
    input: {
      type: 'object',
      properties: {
        path: textField('relative to app-artefacts/, in your own folder'),
        content: textField('the complete content of the file'),
      },
      required: ['path', 'content'],
      additionalProperties: false,
    },
  },
];

const MOST_CONTENT = 400_000;
const MOST_FILES = 200;

type Call = Extract<AnswerPart, { readonly type: 'call' }>;

export interface Workbench {
  /** How long an answer may become at first; after one that was cut off, twice as long. */
  readonly maxTokens: number;
  /** Answers that one go may take, whether it is at its end then or not. */
  readonly mostAnswers: number;
  readonly task: Task;
  readonly tools: RoleTools;
  readonly folder: string;
  /** What stands before the model writes. */
  readonly draft: Files;
  /** What it has written; grows. */
  readonly written: Map<string, string>;
  /** Files that other programs read and that stay as they are. */
  readonly isProtected: (path: string) => boolean;
}

const problem = (id: string, text: string): UserPart => ({ type: 'result', id, text, isError: true });

/** Does what a model asked for; whatever is wrong with it is an answer to the model, never an exception. */
export const answerCall = async (bench: Workbench, call: Call): Promise<UserPart> => {
  const input = call.input as { readonly path?: unknown; readonly content?: unknown } | undefined;
  if (typeof input?.path !== 'string') return problem(call.id, 'the input must be JSON with a path');
  if (call.name === 'read_file') return read(bench, call.id, input.path);
  if (call.name !== 'write_file') return problem(call.id, 'there is no such tool');
  if (typeof input.content !== 'string') return problem(call.id, 'the input must be JSON with a path and the content');
  return write(bench, call.id, { path: input.path, content: input.content });
};

const read = async (bench: Workbench, id: string, path: string): Promise<UserPart> => {
  const own = bench.written.get(path) ?? bench.draft.get(path);
  const hash = own === undefined ? delivered(bench.task, path) : undefined;
  const text = hash === undefined ? own : new TextDecoder().decode(await bench.tools.readArtifact(hash));
  if (text === undefined) return problem(id, 'there is no file at this path; use one of the listed ones');
  return { type: 'result', id, text: fenced(path, text) };
};

const delivered = (task: Task, path: string): Sha256 | undefined =>
  task.dependencies.map(({ manifest }) => (Object.hasOwn(manifest, path) ? manifest[path] : undefined)).find(Boolean);

interface NewFile {
  readonly path: string;
  readonly content: string;
}

const write = (bench: Workbench, id: string, given: NewFile): UserPart => {
  const file = { path: given.path, content: plain(given.content) };
  const refusal = refusalOfPath(bench, file.path) ?? refusalOfContent(file.content);
  if (refusal !== undefined) return problem(id, refusal);
  bench.written.set(file.path, file.content);
  return { type: 'result', id, text: 'written' };
};

/** Lines end as everywhere in the project, and no mark of a byte order stands before the first. */
const plain = (content: string): string => content.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');

const refusalOfPath = (bench: Workbench, path: string): string | undefined => {
  const safe = safeArtifactPath(path, bench.folder);
  if (safe.kind === 'refused') return `this path is not taken: ${safe.reason}`;
  if (safe.path !== path) return `write it as ${safe.path}`;
  const together = safeArtifactPaths(new Set([...bench.draft.keys(), ...bench.written.keys(), path]), bench.folder);
  return together.kind === 'refused' ? `this path is not taken: ${together.reason}` : refusalToReplace(bench, path);
};

const refusalToReplace = (bench: Workbench, path: string): string | undefined => {
  if (bench.isProtected(path)) return 'other programs read this file: it stays as it is';
  if ((bench.draft.get(path)?.length ?? 0) > MOST_FENCED)
    return `you have only seen the first ${MOST_FENCED} characters of this file: it stays as it is`;
  if (bench.written.size >= MOST_FILES && !bench.written.has(path))
    return `more than ${MOST_FILES} files are not taken`;
  return undefined;
};

/** What no text file holds. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;

const refusalOfContent = (content: string): string | undefined => {
  if (/\p{Cs}/u.test(content)) return 'the content holds a lone surrogate';
  if (CONTROL.test(content)) return 'the content holds control characters: only text files are taken';
  if (content.length > MOST_CONTENT) return `the content has more than ${MOST_CONTENT} characters: split the file`;
  return undefined;
};
