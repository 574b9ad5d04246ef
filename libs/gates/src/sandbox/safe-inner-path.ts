/** Bytes of UTF-8; the rules are those of `libs/artifacts`, without what only Windows minds. */
const MAX_SEGMENT_BYTES = 200;
const MAX_PATH_BYTES = 1_000;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

type Rule = readonly [fails: (text: string) => boolean, reason: string];

const PATH_RULES: readonly Rule[] = [
  [(p) => p === '', 'is empty'],
  [(p) => UNSEEN.test(p), 'holds a control or invisible character'],
  [(p) => p.includes('\\'), 'holds a backslash'],
  [(p) => p.startsWith('/'), 'begins with a slash'],
  [(p) => Buffer.byteLength(p) > MAX_PATH_BYTES, `has more than ${MAX_PATH_BYTES} bytes`],
];

const SEGMENT_RULES: readonly Rule[] = [
  [(s) => s === '', 'holds an empty segment'],
  [(s) => /^\.+$/.test(s.normalize('NFKC')), 'holds a segment of dots (`.`, `..`)'],
  [(s) => Buffer.byteLength(s) > MAX_SEGMENT_BYTES, `holds a segment of more than ${MAX_SEGMENT_BYTES} bytes`],
];

const broken = (rules: readonly Rule[], text: string): string | undefined => rules.find(([fails]) => fails(text))?.[1];

/** Why `path` isn't a path below the private directory; undefined: it is one. */
export const oddInnerPath = (path: string): string | undefined =>
  broken(PATH_RULES, path) ?? path.split('/').flatMap((segment) => broken(SEGMENT_RULES, segment) ?? [])[0];
