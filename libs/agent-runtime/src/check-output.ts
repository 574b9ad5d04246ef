import { safeArtifactPaths } from '@squados/artifacts';
import type { Failure } from './attempt-ends.js';
import type { Files } from './role.js';

const MB = 1024 * 1024;
export const OUTPUT_LIMITS = { files: 2_000, fileBytes: 16 * MB, totalBytes: 64 * MB } as const;

export type OutputCheck =
  | {
      readonly kind: 'sound';
      readonly files: Files;
      /** Safe path → UTF-8. */ readonly encoded: ReadonlyMap<string, Uint8Array>;
    }
  | { readonly kind: 'unsound'; readonly failure: Failure };

const unsound = (code: 'path-escape' | 'output-invalid', message: string): OutputCheck => ({
  kind: 'unsound',
  failure: { kind: 'terminal', code, message: `${message}; nothing of this attempt was kept` },
});

/** What is wrong with one text, in words; undefined when it is sound. */
const textFault = (path: string, text: unknown): string | undefined => {
  if (typeof text !== 'string') return `${path} is ${typeof text}, not text`;
  if (/\p{Cs}/u.test(text)) return `${path} holds a lone surrogate (invalid Unicode)`;
  if (text.length > OUTPUT_LIMITS.fileBytes || Buffer.byteLength(text) > OUTPUT_LIMITS.fileBytes)
    return `${path} has more than 16 MB`;
  return undefined;
};

/** An author's files, before anything is stored: paths inside its folder, sizes bounded, valid Unicode. */
export const checkOutput = (files: Files, folder: string): OutputCheck => {
  if (files.size > OUTPUT_LIMITS.files)
    return unsound('output-invalid', `${files.size} files, at most ${OUTPUT_LIMITS.files} are taken`);
  const paths = safeArtifactPaths(files.keys(), folder);
  if (paths.kind === 'refused')
    return unsound('path-escape', `the author asked for a path that is not taken: ${paths.reason}`);
  const encoded = new Map<string, Uint8Array>();
  const safe = new Map<string, string>();
  let total = 0;
  for (const [given, text] of files) {
    const path = paths.paths.get(given) ?? given;
    const fault = textFault(path, text);
    if (fault) return unsound('output-invalid', fault);
    const bytes = new TextEncoder().encode(text);
    total += bytes.byteLength;
    if (total > OUTPUT_LIMITS.totalBytes) return unsound('output-invalid', 'the files have more than 64 MB in total');
    encoded.set(path, bytes);
    safe.set(path, text);
  }
  return { kind: 'sound', files: safe, encoded };
};
