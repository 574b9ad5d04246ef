import type { KitFile } from '../kit-file.js';

export const i18nFormat: KitFile = {
  path: 'src/i18n/format.ts',
  text: `import { useMemo } from 'react';
import { useI18n, type I18n } from './i18n';

type Absent = null | undefined;

/** Values of the contract as people read them. What is absent shows as a dash. */
export interface Format {
  text(value: string | Absent): string;
  number(value: number | Absent): string;
  boolean(value: boolean | Absent): string;
  /** \`2030-01-15\`: a day, the same one in every time zone. */
  date(value: string | Absent): string;
  /** RFC 3339: an instant, shown in the reader's time zone. */
  dateTime(value: string | Absent): string;
  /** \`09:30:00Z\` → \`09:30:00\`. */
  time(value: string | Absent): string;
  json(value: unknown): string;
  /** The label of a listed value. */
  choice(value: string | Absent, labels: Readonly<Record<string, string>>): string;
}

const isAbsent = (value: unknown): value is Absent | '' => value === null || value === undefined || value === '';

const formatted = (value: string, format: Intl.DateTimeFormat): string => {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : format.format(date);
};

const formatFor = ({ locale, t }: I18n): Format => {
  const numbers = new Intl.NumberFormat(locale, { useGrouping: 'min2', maximumFractionDigits: 20 });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const orNone = <T>(value: T | Absent, show: (value: T) => string): string => (isAbsent(value) ? t.none : show(value));
  return {
    text: (value) => orNone(value, (it) => it),
    number: (value) => orNone(value, (it) => numbers.format(it)),
    boolean: (value) => orNone(value, (it) => (it ? t.yes : t.no)),
    date: (value) => orNone(value, (it) => formatted(it, days)),
    dateTime: (value) => orNone(value, (it) => formatted(it, instants)),
    time: (value) => orNone(value, (it) => it.slice(0, 8)),
    json: (value) => orNone(value, (it) => JSON.stringify(it)),
    choice: (value, labels) => orNone(value, (it) => (Object.hasOwn(labels, it) ? (labels[it] ?? it) : it)),
  };
};

/** How values look in the language in force. */
export const useFormat = (): Format => {
  const i18n = useI18n();
  return useMemo(() => formatFor(i18n), [i18n]);
};
`,
};
