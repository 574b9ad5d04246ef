/** Bytes of UTF-8. File systems take 255 per name; room is left for the suffix of a temporary file. */
const MAX_SEGMENT_BYTES = 200;
const MAX_PATH_BYTES = 1_000;

export type PathCheck =
  | { readonly kind: 'safe'; /** NFC, `/` between segments, below the folder. */ readonly path: string }
  | { readonly kind: 'refused'; readonly reason: string };

const refused = (reason: string): PathCheck => ({ kind: 'refused', reason });

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** Names that Windows gives to devices, with or without an extension. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const WINDOWS_FORBIDDEN = /[<>:"|?*]/;
/** Control and format characters: unseen in a listing, they can turn a name around or hide its end. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** Characters that look like a separator or become one under compatibility normalisation. */
const SEPARATOR_LOOKALIKE = /[\u2044\u2215\u29F5\u29F8\u29F9\uFF0F\uFF3C\uFE68]/u;

type Rule = readonly [fails: (segment: string) => boolean, reason: string];

const SEGMENT_RULES: readonly Rule[] = [
  [(s) => s === '', 'an empty segment'],
  // NFKC turns look-alikes (U+2024, U+2025, U+FE52, U+FF0E) into the dots they stand for.
  [(s) => /^[.\s]+$/.test(s.normalize('NFKC')), 'a segment of dots (`.`, `..`)'],
  [(s) => /[.\s]$/.test(s), 'a segment that ends in a dot or a space'],
  [(s) => /^\s/.test(s), 'a segment that begins with a space'],
  [(s) => DEVICE_NAME.test(s.normalize('NFKC')), 'a name that Windows reserves for a device'],
  [(s) => bytesOf(s) > MAX_SEGMENT_BYTES, `a segment of more than ${MAX_SEGMENT_BYTES} bytes`],
];

const PATH_RULES: readonly Rule[] = [
  [(p) => p === '', 'nothing'],
  [(p) => /\p{Cs}/u.test(p), 'a lone surrogate (invalid Unicode)'],
  [(p) => UNSEEN.test(p), 'a control or invisible character'],
  [(p) => p.includes('\\'), 'a backslash'],
  [(p) => SEPARATOR_LOOKALIKE.test(p), 'a look-alike of a path separator'],
  [(p) => WINDOWS_FORBIDDEN.test(p), 'a character that some file systems forbid (< > : " | ? *)'],
  [(p) => p.startsWith('/'), 'a leading slash (absolute path)'],
  [(p) => bytesOf(p) > MAX_PATH_BYTES, `more than ${MAX_PATH_BYTES} bytes`],
];

const broken = (rules: readonly Rule[], text: string): string | undefined => rules.find(([fails]) => fails(text))?.[1];

const shown = (path: string): string => JSON.stringify(path.length > 120 ? `${path.slice(0, 117)}...` : path);

/**
 * Is this a path that an agent may write? Relative to `app-artefacts/`, inside `folder` (`produto`, `engenharia/frontend`).
 * The answer's path is the NFC form of the given one; nothing else is repaired: what is odd is refused with the reason in words.
 */
export const safeArtifactPath = (path: string, folder: string): PathCheck => {
  const odd = broken(PATH_RULES, path);
  if (odd) return refused(`${shown(path)} holds ${odd}`);
  const normal = path.normalize('NFC');
  for (const segment of normal.split('/')) {
    const reason = broken(SEGMENT_RULES, segment);
    if (reason) return refused(`${shown(path)} holds ${reason}`);
  }
  if (!normal.startsWith(`${folder}/`)) return refused(`${shown(path)} lies outside of ${folder}/`);
  return { kind: 'safe', path: normal };
};

/** What a case-insensitive, normalising file system takes for the same name. */
export const foldPath = (path: string): string => path.normalize('NFKC').toLowerCase().normalize('NFC');

export type PathsCheck =
  | { readonly kind: 'safe'; /** Given path → safe path. */ readonly paths: ReadonlyMap<string, string> }
  | { readonly kind: 'refused'; readonly reason: string };

/** Every folder above a path, outermost first: `a/b/c` → `a`, `a/b`. */
export const foldersAbove = (path: string): string[] => {
  const segments = path.split('/');
  return segments.slice(1).map((_, i) => segments.slice(0, i + 1).join('/'));
};

/** A file that is also the folder of another file of the same manifest. */
const fileAsFolder = (byFolded: ReadonlyMap<string, string>): string | undefined => {
  for (const [folded, path] of byFolded) {
    const file = foldersAbove(folded).find((folder) => byFolded.has(folder));
    if (file) return `${shown(byFolded.get(file) ?? file)} is a file and also the folder of ${shown(path)}`;
  }
  return undefined;
};

/** All paths of one manifest: each one safe, no two the same to a case-insensitive file system, none both file and folder. */
export const safeArtifactPaths = (paths: Iterable<string>, folder: string): PathsCheck => {
  const byFolded = new Map<string, string>();
  const safe = new Map<string, string>();
  for (const path of paths) {
    const check = safeArtifactPath(path, folder);
    if (check.kind === 'refused') return check;
    const folded = foldPath(check.path);
    const twin = byFolded.get(folded);
    if (twin !== undefined)
      return {
        kind: 'refused',
        reason: `${shown(path)} and ${shown(twin)} are one file where case or form don't count`,
      };
    byFolded.set(folded, path);
    safe.set(path, check.path);
  }
  const clash = fileAsFolder(byFolded);
  return clash ? { kind: 'refused', reason: clash } : { kind: 'safe', paths: safe };
};
