import type { KitFile } from '../kit-file.js';

export const uiDataTable: KitFile = {
  path: 'src/ui/data-table.tsx',
  text: `import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n';

/** One column: what stands above it, what it shows of a row, and by what name the API sorts it. */
export interface Column<T> {
  readonly name: string;
  readonly label: string;
  readonly isSortable: boolean;
  readonly cell: (row: T) => ReactNode;
}

interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  /** As the API takes it: a name, with \`-\` in front for descending. */
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
  /** Address of a row's own page. The first column links to it. */
  readonly hrefOfRow: (row: T) => string;
  readonly isBusy: boolean;
}

const directionOf = (name: string, sort: string | undefined): 'ascending' | 'descending' | 'none' => {
  if (sort === name) return 'ascending';
  return sort === \`-\${name}\` ? 'descending' : 'none';
};

const ARROWS = { ascending: '▲', descending: '▼', none: '' };

/** Rows of one kind in a table whose headings sort it. */
export function DataTable<T extends { readonly id: string }>(props: DataTableProps<T>) {
  const { caption, columns, rows, sort, onSort, hrefOfRow, isBusy } = props;
  const { t } = useI18n();
  return (
    <div className="table-scroll">
      <table aria-busy={isBusy}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, label, isSortable }) => {
              const direction = directionOf(name, sort);
              if (!isSortable)
                return (
                  <th key={name} scope="col">
                    {label}
                  </th>
                );
              return (
                <th key={name} scope="col" aria-sort={direction}>
                  <button
                    type="button"
                    className="sort"
                    title={t.sortBy(label)}
                    onClick={() => {
                      onSort(direction === 'ascending' ? \`-\${name}\` : name);
                    }}
                  >
                    {label} <span aria-hidden="true">{ARROWS[direction]}</span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {columns.map(({ name, label, cell }, i) => (
                <td key={name} data-label={label}>
                  {i === 0 ? <a href={hrefOfRow(row)}>{cell(row)}</a> : cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
`,
};
