import type { Finding } from '@squados/contracts';
import type { TextFile } from './job.js';

/** Characters; real specifications stay below (a payment provider's whole API has 4.2 million). */
export const MAX_FILE = 8_000_000;
export const MAX_ALL = 32_000_000;

const problem = (path: string, rule: string, message: string): Finding => ({ path, rule, severity: 'error', message });

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

const unsound = ({ path, text }: TextFile): Finding[] => {
  if (text.length > MAX_FILE) {
    return [
      problem(path, 'too-large', `the file has ${text.length} characters, at most ${MAX_FILE} are checked: split it`),
    ];
  }
  const replaced = text.indexOf('\uFFFD');
  const nul = text.indexOf('\0');
  return [
    ...(!/\p{Surrogate}/u.test(text)
      ? []
      : [
          problem(
            path,
            'not-unicode',
            'the file holds half of a surrogate pair, which is no character: write it as valid UTF-8',
          ),
        ]),
    ...(replaced === -1
      ? []
      : [
          {
            ...problem(
              path,
              'not-utf-8',
              'the file holds U+FFFD, the mark of bytes that were not UTF-8: write it as UTF-8',
            ),
            line: lineOf(text, replaced),
          },
        ]),
    ...(nul === -1
      ? []
      : [{ ...problem(path, 'nul', 'the file holds a NUL character: take it out'), line: lineOf(text, nul) }]),
  ];
};

/** What forbids even looking at these files: size, or text that is none. Cheap: it runs in the orchestrating process. */
export const unsoundFiles = (files: readonly TextFile[]): readonly Finding[] => {
  const total = files.reduce((sum, file) => sum + file.text.length, 0);
  const first = files[0];
  if (first && total > MAX_ALL)
    return [
      problem(
        first.path,
        'too-large',
        `the files of this check have ${total} characters together, at most ${MAX_ALL} are checked`,
      ),
    ];
  return files.flatMap(unsound);
};
