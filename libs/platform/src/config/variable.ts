/** One setting: which variable holds it, what it means, which texts it takes. */
export interface Variable<T> {
  readonly env: string;
  readonly meaning: string;
  /** In words, for whoever gave another value. */
  readonly accepts: string;
  /** Taken when the variable is absent or empty. */
  readonly fallback: T;
  /** What was given is never shown, whatever the variable's name. */
  readonly isSecret?: boolean;
  /** Undefined for a text that is not accepted. */
  readonly parse: (text: string) => T | undefined;
}

type Named<T> = Pick<Variable<T>, 'env' | 'meaning' | 'fallback'>;

export const text = <T extends string | undefined>(v: Named<T>): Variable<T> => ({
  ...v,
  accepts: 'any text without control characters',
  parse: (given) => (/\p{Cc}/u.test(given) ? undefined : (given as T)),
});

export const oneOf = <T extends string>(v: Named<T> & { readonly values: readonly T[] }): Variable<T> => ({
  ...v,
  accepts: v.values.join(', '),
  parse: (given) => v.values.find((value) => value === given.trim().toLowerCase()),
});

export const wholeNumber = (v: Named<number> & { readonly min: number; readonly max: number }): Variable<number> => ({
  ...v,
  accepts: `a whole number from ${v.min} to ${v.max}`,
  parse: (given) => {
    const value = /^\d+$/.test(given.trim()) ? Number(given) : Number.NaN;
    return value >= v.min && value <= v.max ? value : undefined;
  },
});

const FLAGS: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  on: true,
  '0': false,
  false: false,
  no: false,
  off: false,
};

export const flag = (v: Named<boolean>): Variable<boolean> => ({
  ...v,
  accepts: 'true, false, yes, no, on, off, 1, 0',
  parse: (given) => FLAGS[given.trim().toLowerCase()],
});

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds, from `500ms`, `30s`, `5m`, `1h`. */
export const duration = (v: Named<number> & { readonly minMs: number; readonly maxMs: number }): Variable<number> => ({
  ...v,
  accepts: `a duration such as 500ms, 30s, 5m, 1h, from ${v.minMs}ms to ${v.maxMs}ms`,
  parse: (given) => {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(given.trim()) ?? [];
    const ms = Math.round(Number(amount) * (UNITS[unit ?? ''] ?? Number.NaN));
    return ms >= v.minMs && ms <= v.maxMs ? ms : undefined;
  },
});
