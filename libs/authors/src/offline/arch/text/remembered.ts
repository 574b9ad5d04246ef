const MOST_TEXTS = 20_000;
const LONGEST_TEXT = 200;

/**
 * A pure function of a text that keeps what it made of short ones: as many as fit, then it begins anew. Memory changes the time, never
 * the result.
 */
export const rememberedOf = <T>(make: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    if (text.length > LONGEST_TEXT) return made;
    if (known.size >= MOST_TEXTS) known.clear();
    known.set(text, made);
    return made;
  };
};
