import type { KitFile } from '../kit-file.js';

export const uiRecordView: KitFile = {
  path: 'src/ui/record-view.tsx',
  text: `import { useState, type ReactNode } from 'react';
import type { Answer } from '../api/http';
import type { ApiProblem } from '../api/problem';
import { hrefOf, navigate } from '../app/router';
import { useI18n } from '../i18n/i18n';
import { ConfirmDialog } from './confirm-dialog';
import { useFlash } from './flash';
import { Page } from './page';
import { ProblemNotice } from './problem-notice';

/** Something that can be done with the row as it is now. */
export interface RecordAction {
  readonly label: string;
  readonly run: () => Promise<Answer<unknown>>;
}

interface RecordViewProps {
  readonly resource: string;
  readonly id: string;
  /** What this very row is called. */
  readonly name: string;
  readonly canEdit: boolean;
  readonly actions: readonly RecordAction[];
  /** Deletes the row; absent where the contract has no such operation. */
  readonly remove?: () => Promise<Answer<unknown>>;
  /** Loads the row again, after it changed here or elsewhere. */
  readonly onChanged: () => void;
  readonly children: ReactNode;
}

interface Work {
  readonly isBusy: boolean;
  readonly problem: ApiProblem | undefined;
  readonly start: (run: () => Promise<Answer<unknown>>, onDone: () => void) => void;
  readonly forget: () => void;
}

/** At most one thing at a time is done with a row. */
const useWork = (): Work => {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const start: Work['start'] = (run, onDone) => {
    setIsBusy(true);
    setProblem(undefined);
    void run().then((answer) => {
      setIsBusy(false);
      if (answer.ok) onDone();
      else setProblem(answer.problem);
    });
  };
  return {
    isBusy,
    problem,
    start,
    forget: () => {
      setProblem(undefined);
    },
  };
};

/** The page of one row: its values, and what can be done with it. */
export function RecordView(props: RecordViewProps) {
  const { resource, id, name, canEdit, actions, remove, onChanged, children } = props;
  const { t } = useI18n();
  const say = useFlash();
  const work = useWork();
  const [isAsking, setIsAsking] = useState(false);
  const list = hrefOf([resource]);
  return (
    <Page
      title={name}
      actions={
        <>
          <a className="button" href={list}>
            {t.back}
          </a>
          {canEdit && (
            <a className="button button-primary" href={hrefOf([resource, id, 'edit'])}>
              {t.edit}
            </a>
          )}
          {remove !== undefined && (
            <button
              type="button"
              className="button button-danger"
              disabled={work.isBusy}
              onClick={() => {
                setIsAsking(true);
              }}
            >
              {t.remove}
            </button>
          )}
        </>
      }
    >
      {work.problem !== undefined && (
        <ProblemNotice problem={work.problem}>
          {work.problem.kind === 'stale' && (
            <button
              type="button"
              className="button"
              onClick={() => {
                work.forget();
                onChanged();
              }}
            >
              {t.reload}
            </button>
          )}
        </ProblemNotice>
      )}
      <dl className="record">{children}</dl>
      {actions.length > 0 && (
        <section className="record-actions" aria-label={t.actions}>
          {actions.map(({ label, run }) => (
            <button
              key={label}
              type="button"
              className="button"
              disabled={work.isBusy}
              onClick={() => {
                work.start(run, () => {
                  say(t.done(label));
                  onChanged();
                });
              }}
            >
              {label}
            </button>
          ))}
        </section>
      )}
      {isAsking && remove !== undefined && (
        <ConfirmDialog
          title={t.confirmRemove.title(name)}
          text={t.confirmRemove.text}
          confirmLabel={t.remove}
          isBusy={work.isBusy}
          onCancel={() => {
            setIsAsking(false);
          }}
          onConfirm={() => {
            setIsAsking(false);
            work.start(remove, () => {
              say(t.removed);
              navigate(list);
            });
          }}
        />
      )}
    </Page>
  );
}

/** One value of the row, with its label. */
export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
`,
};
