import { documentLines, type DocumentLine } from './document-lines.js';

const PT = new Set(
  'de da do das dos que para com não uma um os as ao em no na são deve pelo pela por e é você quando seu sua mais'.split(
    ' ',
  ),
);
const EN = new Set(
  'the of and to a in is that for with must be on as are not when an by or it from shall user their this'.split(' '),
);

/** The language of a document by its function words; an even count is English. */
export const languageOf = (lines: readonly DocumentLine[]): 'pt' | 'en' => {
  let pt = 0;
  let en = 0;
  for (const line of lines) {
    if (line.kind === 'code') continue;
    for (const word of line.body.toLowerCase().split(/[^\p{L}]+/u)) {
      if (PT.has(word)) pt++;
      if (EN.has(word)) en++;
    }
  }
  return pt > en ? 'pt' : 'en';
};

/** The language of a piece of Markdown. */
export const detectLanguage = (text: string): 'pt' | 'en' => languageOf(documentLines(text));

const ES = new Set('el los las del una y debe deben con por su sus puede pueden cada al es según también'.split(' '));
const FEWEST = 8;

/** Whether a document is in Spanish by its function words: neither of our languages, and close enough to one to be half understood. */
export const isSpanish = (lines: readonly DocumentLine[]): boolean => {
  const counts = { es: 0, other: 0 };
  for (const line of lines) {
    if (line.kind === 'code') continue;
    for (const word of line.body.toLowerCase().split(/[^\p{L}]+/u)) {
      if (ES.has(word)) counts.es += 1;
      else if (PT.has(word) || EN.has(word)) counts.other += 1;
    }
  }
  return counts.es >= FEWEST && counts.es > counts.other;
};
