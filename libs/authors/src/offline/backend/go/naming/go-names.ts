import { createHash } from 'node:crypto';

const KEYWORDS =
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var';
const PREDECLARED =
  'any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false float32 float64 imag int int8 int16 int32 int64 iota len make max min new nil panic print println real recover rune string true uint uint8 uint16 uint32 uint64 uintptr';
/** Packages that our files import, folders that Go treats in a way of its own, and packages that the service has already. */
const PACKAGES =
  'api app bytes cmp config context db dbtest decimal errors etag fault field fmt gin http httptest init internal io json main maps math migrations paging pgx platform reflect regexp slices slog sort strconv strings testdata testing text time uuid vendor web';
/** What is declared in the package that imports every entity's: an import of that name would clash with it, or be hidden by it. */
const IN_APP =
  'body c cases command contract document err everything failure fields job logger methods name named names ok ours path promised problem read recorder request required resources route router schema serve served settings shape shapes started stop store t tokens unknown value';
const NOT_PACKAGES = new Set(`${KEYWORDS} ${PREDECLARED} ${PACKAGES} ${IN_APP}`.split(' '));

/** `OrdemDeServico` → `ordemdeservico`: a package's name has no separators. Names that Go or the service uses get a word behind. */
export const packageName = (module: string): string => {
  const plain = module.replaceAll('_', '');
  return NOT_PACKAGES.has(plain) || plain.endsWith('test') ? `${plain}entity` : plain;
};

const INITIALISMS = new Set(
  'api cpu css dns html http https id ip json qa sla sql ssh ttl ui uri url utf8 uuid xml'.split(' '),
);

/** `book_id` → `BookID`, with Go's initialisms. Always an exported identifier. */
export const exported = (text: string): string => {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  if (!words) return `X${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  const name = words
    .map((w) => (INITIALISMS.has(w) ? w.toUpperCase() : w.charAt(0).toUpperCase() + w.slice(1)))
    .join('');
  return /^[A-Z]/.test(name) ? name : `N${name}`;
};

/** The same with a small first word: `bookID`, `idNumber`. */
export const unexported = (name: string): string => {
  const head = /^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/.exec(name)?.[0] ?? '';
  return head.toLowerCase() + name.slice(head.length);
};

/** Gives every text a name of its own: what is taken gets a number. */
export const uniqueNames = (taken: Iterable<string>): ((wanted: string) => string) => {
  const used = new Set(taken);
  return (wanted) => {
    let name = wanted;
    for (let n = 2; used.has(name); n++) name = `${wanted}${n}`;
    used.add(name);
    return name;
  };
};

const MAX_SQL_NAME = 63;
/** The name that the design gives to a constraint: `uq_books_isbn`; long ones are cut and told apart by a digest. */
export const constraintName = (...parts: readonly string[]): string => {
  const name = parts.join('_');
  if (name.length <= MAX_SQL_NAME) return name;
  return `${name.slice(0, MAX_SQL_NAME - 9)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
};

/** Reserved in PostgreSQL: keywords of class R, and those that can't name a column or table. */
const RESERVED = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character check ' +
    'coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema ' +
    'current_time current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists extract false fetch ' +
    'float for foreign freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect interval ' +
    'into is isnull join json lateral leading least left like limit localtime localtimestamp national natural nchar none normalize not ' +
    'notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real references ' +
    'returning right row select session_user setof similar smallint some substring symmetric system_user table tablesample then time ' +
    'timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where window with'
  ).split(' '),
);
/** A column or table in SQL, quoted where PostgreSQL would take it for a keyword. */
export const sqlName = (name: string): string => (RESERVED.has(name) ? `"${name}"` : name);
