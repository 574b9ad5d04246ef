import type { KitFile } from '../kit-file.js';

export const uiFormView: KitFile = {
  path: 'src/ui/form-view.tsx',
  text: `import type { ReactNode } from 'react';
import type { Form } from '../forms/use-form';
import { useI18n } from '../i18n/i18n';
import { Page } from './page';
import { ProblemNotice } from './problem-notice';

interface FormViewProps<V> {
  readonly title: string;
  readonly form: Form<V>;
  /** Where giving up leads. */
  readonly cancelHref: string;
  /** Loads the row again when somebody else changed it; absent for a new row. */
  readonly onReload?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** The page of one form: its fields, what the server refuses, and the two ways out. */
export function FormView<V>({ title, form, cancelHref, onReload, children }: FormViewProps<V>) {
  const { t } = useI18n();
  return (
    <Page title={title}>
      <form ref={form.ref} className="form" noValidate aria-label={title} onSubmit={form.submit}>
        {form.problem !== undefined && (
          <ProblemNotice problem={form.problem}>
            {form.problem.kind === 'stale' && onReload !== undefined && (
              <button type="button" className="button" onClick={onReload}>
                {t.reload}
              </button>
            )}
          </ProblemNotice>
        )}
        {children}
        <div className="form-actions">
          <button type="submit" className="button button-primary" disabled={form.isSending}>
            {form.isSending ? t.saving : t.save}
          </button>
          <a className="button" href={cancelHref}>
            {t.cancel}
          </a>
        </div>
      </form>
    </Page>
  );
}
`,
};
