import type { KitFile } from '../kit-file.js';

export const uiPager: KitFile = {
  path: 'src/ui/pager.tsx',
  text: `import { useI18n } from '../i18n/i18n';

interface PagerProps {
  /** From 1. */
  readonly page: number;
  readonly size: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

/** Goes back and forth between the pages of a list. */
export function Pager({ page, size, total, onPage }: PagerProps) {
  const { t } = useI18n();
  const pages = Math.max(1, Math.ceil(total / size));
  return (
    <nav className="pager" aria-label={t.pages}>
      <button
        type="button"
        className="button"
        disabled={page <= 1}
        onClick={() => {
          onPage(page - 1);
        }}
      >
        {t.previousPage}
      </button>
      <span>
        {t.pageOf(page, pages)} · {t.records(total)}
      </span>
      <button
        type="button"
        className="button"
        disabled={page >= pages}
        onClick={() => {
          onPage(page + 1);
        }}
      >
        {t.nextPage}
      </button>
    </nav>
  );
}
`,
};
