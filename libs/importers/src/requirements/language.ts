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
