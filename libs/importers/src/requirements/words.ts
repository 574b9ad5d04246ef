const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
};

/** Lower case, no accents, for comparing words of both languages. */
export const fold = (text: string): string =>
  isAscii(text)
    ? text.toLowerCase()
    : text
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .toLowerCase();

/** Markdown emphasis off (`**`, `__`, `~~`), code ticks stay; no regex that can backtrack. */
export const plain = (text: string): string =>
  /[*_~]/.test(text) ? text.replaceAll('**', '').replaceAll('__', '').replaceAll('~~', '').trim() : text.trim();

const isMark = (char: string): boolean => !/[\p{L}\p{N}("'`“[<$@]/u.test(char);

/** Drops leading emoji, bullets, check marks and other signs. */
export const withoutLeadingSigns = (text: string): string => {
  if (/^[\p{L}\p{N}]/u.test(text)) return text.trimEnd();
  const chars = Array.from(text.slice(0, 40));
  let i = 0;
  while (i < chars.length && isMark(chars[i] ?? '')) i++;
  return text.slice(chars.slice(0, i).join('').length).trim();
};

/** `3.1 `, `3.1. `, `4) ` at the start of a heading. */
export const withoutNumbering = (text: string): string => {
  const match = /^\d{1,3}(?:\.\d{1,3}){0,4}[.)]?\s/.exec(text);
  return match ? text.slice(match[0].length).trim() : text;
};

/** A heading's words as people mean them: no emphasis, number, emoji, trailing colon. */
export const headingWords = (text: string): string => {
  const bare = withoutLeadingSigns(withoutNumbering(withoutLeadingSigns(plain(text))));
  const unmarked = plain(bare);
  return unmarked.endsWith(':') ? unmarked.slice(0, -1).trim() : unmarked;
};

const STOP = new Set(
  (
    'the and for with that this from are was were will can must should shall may have has been into onto each every all any not its their them they when then ' +
    'given system able via per more than only other such using use used allow allows support supports provide following ' +
    'que para com uma um dos das nos nas por pelo pela deve devem pode podem ser sao como mais cada todo todos toda todas entre sobre quando entao dado ' +
    'sistema permitir permite seu sua seus suas ao aos e ou de do da em no na os as o a é nao sem ate ja esse esta este'
  ).split(' '),
);

const stem = (word: string): string => {
  if (word.length > 5 && word.endsWith('oes')) return `${word.slice(0, -3)}ao`;
  if (word.length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
};

/** Meaningful words of a text, folded and without plural endings. */
export const contentWords = (text: string): Set<string> => {
  const words = new Set<string>();
  for (const match of fold(text).matchAll(/[a-z0-9]{3,40}/g)) {
    if (!STOP.has(match[0])) words.add(stem(match[0]));
  }
  return words;
};
