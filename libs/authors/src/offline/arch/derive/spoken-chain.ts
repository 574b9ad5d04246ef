const WORD = String.raw`["'“‘\x60*]*([\p{L}][\p{L}_-]*(?: (?!(?:to|para|then|and|depois|e)\b)[\p{L}_-]+)?)["'”’\x60*]*`;
const CHAIN = new RegExp(
  String.raw`\b(?:moves?|goes|changes?|passes|advances?|passa|muda|vai|evolui|avança)\s+(?:from|de|do)\s+${WORD}((?:\s*,?\s*(?:(?:and|e)\s+)?(?:then\s+|depois\s+)?(?:to|para|on\s+to)\s+${WORD})+)`,
  'iu',
);
const STEP = new RegExp(String.raw`(?:to|para)\s+${WORD}`, 'giu');

/** `It moves from open to in progress to done` as the arrows that it means: `open → in progress → done`; undefined for two steps in plain words. */
export const spokenChain = (text: string): string | undefined => {
  const match = CHAIN.exec(text);
  if (!match) return undefined;
  const names = [match[1] ?? '', ...[...(match[2] ?? '').matchAll(STEP)].map((step) => step[1] ?? '')];
  const isMarked = /["'“‘`*]/.test(match[0]);
  return names.length > 2 || isMarked ? names.join(' → ') : undefined;
};
