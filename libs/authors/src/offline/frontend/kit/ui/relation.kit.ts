import type { KitFile } from '../kit-file.js';

export const uiRelation: KitFile = {
  path: 'src/ui/relation.tsx',
  text: `import { useCallback } from 'react';
import { useHttp } from '../api/http-context';
import type { Answer, Http, Page } from '../api/http';
import { hrefOf } from '../app/router';
import type { FieldProps } from '../forms/use-form';
import { useI18n } from '../i18n/i18n';
import { FieldFrame, SelectField } from './fields';
import { ProblemNotice } from './problem-notice';
import { useRemote } from './use-remote';

/** How rows of another kind are found and named, so that a field or a table can point at one of them. */
export interface RelationTarget<T extends { readonly id: string }> {
  /** Path segment of its pages. */
  readonly resource: string;
  readonly list: (http: Http, query: { page: number; size: number }, signal: AbortSignal) => Promise<Answer<Page<T>>>;
  readonly get: (http: Http, id: string, signal: AbortSignal) => Promise<Answer<T>>;
  readonly nameOf: (row: T) => string;
}

const PAGE_SIZE = 100;
const MAX_PAGES = 10;

interface Choices<T> {
  readonly rows: readonly T[];
  readonly isWhole: boolean;
}

/** Up to ten pages of a hundred: more is no list to choose from. */
const loadAll = async <T extends { readonly id: string }>(
  { list }: RelationTarget<T>,
  http: Http,
  signal: AbortSignal,
): Promise<Answer<Choices<T>>> => {
  const rows: T[] = [];
  let total = Infinity;
  for (let page = 1; page <= MAX_PAGES && rows.length < total; page += 1) {
    const answer = await list(http, { page, size: PAGE_SIZE }, signal);
    if (!answer.ok) return answer;
    if (answer.value.items.length === 0) break;
    rows.push(...answer.value.items);
    total = answer.value.total;
  }
  return { ok: true, value: { rows, isWhole: rows.length >= total }, etag: undefined };
};

interface RelationFieldProps<T extends { readonly id: string }> extends FieldProps {
  readonly label: string;
  readonly required?: boolean;
  readonly target: RelationTarget<T>;
  readonly emptyLabel?: string;
}

/** Chooses a row of another kind; its options are loaded when the field appears. */
export function RelationField<T extends { readonly id: string }>({ target, ...field }: RelationFieldProps<T>) {
  const { t } = useI18n();
  const http = useHttp();
  const load = useCallback((signal: AbortSignal) => loadAll(target, http, signal), [target, http]);
  const [choices, reload] = useRemote(load);
  if (choices.status === 'failed')
    return (
      <FieldFrame {...field}>
        {(ids) => (
          <>
            <input {...ids} name={field.name} value={field.value} disabled />
            <ProblemNotice problem={choices.problem}>
              <button type="button" className="button" onClick={reload}>
                {t.retry}
              </button>
            </ProblemNotice>
          </>
        )}
      </FieldFrame>
    );
  if (choices.status === 'loading')
    return <SelectField {...field} options={[{ value: field.value, label: t.loading }]} emptyLabel={t.loading} />;
  const { rows, isWhole } = choices.value;
  const options = rows.map((row) => ({ value: row.id, label: target.nameOf(row) }));
  return <SelectField {...field} options={options} hint={isWhole ? undefined : t.moreOptions(rows.length)} />;
}

interface RelationLinkProps<T extends { readonly id: string }> {
  readonly target: RelationTarget<T>;
  readonly id: string | null | undefined;
}

/** A link to a row of another kind, by its name; until that is known, by the beginning of its identifier. */
export function RelationLink<T extends { readonly id: string }>({ target, id }: RelationLinkProps<T>) {
  const { t } = useI18n();
  return id === null || id === undefined ? t.none : <NamedLink target={target} id={id} />;
}

function NamedLink<T extends { readonly id: string }>({
  target,
  id,
}: {
  readonly target: RelationTarget<T>;
  readonly id: string;
}) {
  const http = useHttp();
  const load = useCallback((signal: AbortSignal) => target.get(http, id, signal), [target, http, id]);
  const [row] = useRemote(load);
  return (
    <a href={hrefOf([target.resource, id])}>{row.status === 'ready' ? target.nameOf(row.value) : id.slice(0, 8)}</a>
  );
}
`,
};
