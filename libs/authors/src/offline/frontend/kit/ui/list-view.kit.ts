import type { KitFile } from '../kit-file.js';

export const uiListView: KitFile = {
  path: 'src/ui/list-view.tsx',
  text: `import type { ReactNode } from 'react';
import type { Page as PageOf } from '../api/http';
import { currentRoute, hrefOf, navigate, useRoute } from '../app/router';
import { useI18n } from '../i18n/i18n';
import { DataTable, type Column } from './data-table';
import { Page } from './page';
import { Pager } from './pager';
import { RemoteView } from './remote-view';
import type { Remote } from './use-remote';

interface ListViewProps<T> {
  readonly resource: string;
  readonly title: string;
  readonly columns: readonly Column<T>[];
  readonly remote: Remote<PageOf<T>>;
  readonly onRetry: () => void;
  readonly sort: string | undefined;
  /** Whether the contract lets people add to this list. */
  readonly canCreate: boolean;
  /** Inputs that narrow the list; nothing when the contract has none. */
  readonly filters?: ReactNode;
}

/** The page of one list. Sorting, page and filters live in the address: it can be kept, shared and gone back to. */
export function ListView<T extends { readonly id: string }>(props: ListViewProps<T>) {
  const { resource, title, columns, remote, onRetry, sort, canCreate, filters } = props;
  const { t } = useI18n();
  const { isFiltered, clear } = useFilters(resource);
  const shown = remote.status === 'loading' && remote.previous ? ready(remote.previous) : remote;
  return (
    <Page
      title={title}
      actions={
        canCreate && (
          <a className="button button-primary" href={hrefOf([resource, 'new'])}>
            {t.create}
          </a>
        )
      }
    >
      {filters !== undefined && (
        <section className="filters" aria-label={t.filters}>
          {filters}
          {isFiltered && (
            <button type="button" className="button" onClick={clear}>
              {t.clearFilters}
            </button>
          )}
        </section>
      )}
      <RemoteView remote={shown} onRetry={onRetry}>
        {({ items, page, size, total }) =>
          items.length === 0 ? (
            <p className="empty">{isFiltered ? t.emptyFiltered : t.empty}</p>
          ) : (
            <>
              <DataTable
                caption={title}
                columns={columns}
                rows={items}
                sort={sort}
                onSort={(name) => {
                  changeAddress(resource, { sort: name, page: '' });
                }}
                hrefOfRow={(row) => hrefOf([resource, row.id])}
                isBusy={remote.status === 'loading'}
              />
              <Pager
                page={page}
                size={size}
                total={total}
                onPage={(wanted) => {
                  changeAddress(resource, { page: String(wanted) });
                }}
              />
            </>
          )
        }
      </RemoteView>
    </Page>
  );
}

const ready = <T,>(value: T): Remote<T> => ({ status: 'ready', value, etag: undefined });

/** Changes what the address says of the list; an empty value is taken out. */
const changeAddress = (resource: string, changes: Readonly<Record<string, string>>): void => {
  const { query } = currentRoute();
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  navigate(hrefOf([resource], query));
};

const PAGING = new Set(['page', 'size', 'sort']);

const useFilters = (resource: string): { readonly isFiltered: boolean; readonly clear: () => void } => {
  const { query } = useRoute();
  const names = [...query.keys()].filter((name) => !PAGING.has(name));
  const kept = new URLSearchParams([...query].filter(([name]) => name === 'sort'));
  return {
    isFiltered: names.length > 0,
    clear: () => {
      navigate(hrefOf([resource], kept));
    },
  };
};

/** A filter as a form field sees it: its value is the address's, and changing it goes back to the first page. */
export const useFilterField = (
  resource: string,
): ((name: string) => { name: string; value: string; error: undefined; onChange: (value: string) => void }) => {
  const { query } = useRoute();
  return (name) => ({
    name,
    value: query.get(name) ?? '',
    error: undefined,
    onChange: (value) => {
      changeAddress(resource, { [name]: value, page: '' });
    },
  });
};
`,
};
