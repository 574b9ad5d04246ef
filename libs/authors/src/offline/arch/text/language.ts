export type Language = 'pt' | 'en';

const PT =
  /\b(de|do|da|dos|das|que|não|para|com|uma?|os|as|em|ao|é|são|deve|devem|pode|podem|por|cada|se|ser|até|obrigatóri[oa]|sistema|usuário|criar|quero|como)\b/giu;
const EN =
  /\b(the|of|and|to|is|are|must|can|with|for|an?|that|each|be|in|shall|should|by|or|not|when|user|system|required|as|want|so)\b/gi;

const count = (text: string, words: RegExp): number => text.match(words)?.length ?? 0;

/** Which of the two languages a text is written in, by its small words; English where nothing speaks for either. */
export const languageOf = (text: string): Language => {
  const accents = text.match(/[ãõçáéíóúâêô]/gi)?.length ?? 0;
  return count(text, PT) + accents / 2 > count(text, EN) ? 'pt' : 'en';
};
