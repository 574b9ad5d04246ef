import type { AttemptPage } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';
import { durationText } from '../words/times.js';
import { OutcomeMark } from './outcome-mark.js';

type Verdict = AttemptPage['verdicts'][number];
type Waiver = AttemptPage['waivers'][number];

interface VerdictProps {
  readonly verdict: Verdict;
  readonly waiver: Waiver | undefined;
  /** Offered while the card waits for a decision on this gate. */
  readonly onWaive?: () => void;
}

/** What one gate said, and everything that lets a person check it. */
export const VerdictView = ({ verdict, waiver, onWaive }: VerdictProps) => {
  const words = useWords();
  const isBad = verdict.outcome !== 'pass' && waiver === undefined;
  return (
    <li className="verdict" data-outcome={verdict.outcome}>
      <details open={isBad && verdict.required}>
        <summary>
          <OutcomeMark outcome={verdict.outcome} />
          <span className="gate">{verdict.gate}</span>
          <span className="outcome">{words.verdict[verdict.outcome]}</span>
          {!verdict.required && <span className="note">{words.verdict.advisory}</span>}
          {waiver !== undefined && <span className="note warn">{words.verdict.waived}</span>}
          <span className="summary">{verdict.summary}</span>
        </summary>
        {waiver !== undefined && <p className="waiver">{words.verdict.waivedBy(waiver.by.name, waiver.reason)}</p>}
        <VerdictFacts verdict={verdict} />
        <Findings verdict={verdict} />
        {verdict.excerpt !== undefined && (
          <>
            <h5>{words.verdict.output}</h5>
            <pre className="excerpt">{verdict.excerpt}</pre>
          </>
        )}
        {onWaive !== undefined && (
          <button type="button" onClick={onWaive}>
            {words.actions.waive}
          </button>
        )}
      </details>
    </li>
  );
};

const VerdictFacts = ({ verdict }: { readonly verdict: Verdict }) => {
  const words = useWords();
  const { level, by } = verdict.isolation;
  return (
    <dl className="facts">
      <dt>{words.verdict.command}</dt>
      <dd>
        <code>{verdict.command}</code>
      </dd>
      {verdict.exitCode !== undefined && (
        <>
          <dt>{words.verdict.exit}</dt>
          <dd>{verdict.exitCode}</dd>
        </>
      )}
      <dt>{words.verdict.took}</dt>
      <dd>{durationText(verdict.durationMs)}</dd>
      <dt>{words.verdict.profile}</dt>
      <dd>{verdict.profile}</dd>
      <dt>{words.verdict.isolation}</dt>
      <dd>{words.verdict.isolationLevel(level, by)}</dd>
    </dl>
  );
};

const Findings = ({ verdict }: { readonly verdict: Verdict }) => {
  const words = useWords();
  const findings = verdict.findings ?? [];
  if (findings.length === 0) return null;
  return (
    <>
      <h5>{words.verdict.findings(findings.length)}</h5>
      <ul className="findings">
        {findings.map((finding, i) => (
          <li key={i} data-severity={finding.severity}>
            {finding.path !== undefined && (
              <code>
                {finding.path}
                {finding.line === undefined ? '' : `:${finding.line}`}
              </code>
            )}
            {finding.message}
            {finding.rule !== undefined && <span className="note">{finding.rule}</span>}
          </li>
        ))}
      </ul>
    </>
  );
};
