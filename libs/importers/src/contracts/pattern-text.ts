/** A text that a regular expression of the plainer sort accepts; undefined for the others. What comes out is checked by whoever asks. */
export const textOfPattern = (pattern: string): string | undefined => {
  const reader: Reader = { text: pattern, at: 0 };
  const made = alternatives(reader);
  return made === undefined || reader.at < pattern.length ? undefined : made;
};

interface Reader {
  readonly text: string;
  at: number;
}

const CLASSES: Readonly<Record<string, string>> = { d: '7', w: 'w', s: ' ', D: 'D', S: 'S', W: '-' };
const MAX_TIMES = 200;

const alternatives = (reader: Reader): string | undefined => {
  const first = sequence(reader);
  while (first !== undefined && reader.text[reader.at] === '|') {
    reader.at += 1;
    if (sequence(reader) === undefined) return undefined;
  }
  return first;
};

const sequence = (reader: Reader): string | undefined => {
  let made = '';
  while (reader.at < reader.text.length && reader.text[reader.at] !== '|' && reader.text[reader.at] !== ')') {
    const piece = atom(reader);
    if (piece === undefined) return undefined;
    made += piece.repeat(times(reader));
  }
  return made;
};

const atom = (reader: Reader): string | undefined => {
  const sign = reader.text[reader.at] ?? '';
  reader.at += 1;
  if (sign === '^' || sign === '$') return '';
  if (sign === '(') return group(reader);
  if (sign === '[') return oneOfClass(reader);
  if (sign === '.') return 'a';
  return sign === '\\' ? escaped(reader) : sign;
};

const escaped = (reader: Reader): string | undefined => {
  const sign = reader.text[reader.at] ?? '';
  reader.at += 1;
  if (/[pPkuxcbB0-9]/.test(sign)) return sign === 'b' || sign === 'B' ? '' : undefined;
  return CLASSES[sign] ?? sign;
};

const group = (reader: Reader): string | undefined => {
  const opening = /^\?(?::|<[A-Za-z]\w*>)/.exec(reader.text.slice(reader.at));
  if (opening) reader.at += opening[0].length;
  else if (reader.text[reader.at] === '?') return undefined;
  const made = alternatives(reader);
  if (made === undefined || reader.text[reader.at] !== ')') return undefined;
  reader.at += 1;
  return made;
};

const PREFERRED = 'a7AZ-_. /:';
const oneOfClass = (reader: Reader): string | undefined => {
  const end = /^(?:\\.|[^\]\\])*\]/.exec(reader.text.slice(reader.at))?.[0];
  if (end === undefined) return undefined;
  reader.at += end.length;
  const matcher = compiled(`[${end}`);
  const all = [...PREFERRED, ...Array.from({ length: 95 }, (_x, i) => String.fromCharCode(32 + i))];
  return matcher && all.find((sign) => matcher.test(sign));
};

const compiled = (source: string): RegExp | undefined => {
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return undefined;
  }
};

const times = (reader: Reader): number => {
  const found = /^(?:([*?])|(\+)|\{(\d+)(?:,\d*)?\})\??/.exec(reader.text.slice(reader.at));
  if (!found) return 1;
  reader.at += found[0].length;
  if (found[1] !== undefined) return 0;
  return found[2] === undefined ? Math.min(Number(found[3]), MAX_TIMES) : 1;
};
