import type { AgentRow, ProjectSummary } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';
import { durationText } from '../words/times.js';
import { goTo } from './route.js';
import { agentName } from './state-badge.js';

/** Order in which the bar shows states, finished first. */
const BAR = [
  'DONE',
  'SKIPPED',
  'EVALUATING',
  'VERIFYING',
  'EXECUTING',
  'AWAITING_APPROVAL',
  'STALE',
  'DEAD_LETTERED',
  'BLOCKED',
  'RETRYING',
  'ENQUEUED',
] as const;

interface ProgressProps {
  readonly project: ProjectSummary;
  readonly agent: string | undefined;
  readonly onAgent: (agent: string | undefined) => void;
}

export const ProgressPanel = ({ project, agent, onAgent }: ProgressProps) => (
  <section className="progress" aria-label={useWords().progress.label}>
    <ProgressBar project={project} />
    <StateCounts project={project} />
    <ul className="agents">
      {project.agents.map((row) => (
        <AgentChip key={row.agent} row={row} isOn={agent === row.agent} onAgent={onAgent} />
      ))}
    </ul>
  </section>
);

const ProgressBar = ({ project }: { readonly project: ProjectSummary }) => {
  const words = useWords();
  const { ended, total, etaMs } = project;
  const percent = total === 0 ? 0 : Math.floor((ended / total) * 100);
  return (
    <>
      <p className="progress-line">
        <strong className="percent">{percent}%</strong>
        <span>{words.progress.of(ended, total)}</span>
        {etaMs !== undefined && <span className="eta">{words.progress.eta(durationText(rounded(etaMs)))}</span>}
      </p>
      <div
        className="bar"
        role="progressbar"
        aria-label={words.progress.label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={ended}
        aria-valuetext={words.progress.of(ended, total)}
      >
        {BAR.map((state) => (
          <span key={state} data-state={state} style={{ flexGrow: project.byState[state] ?? 0 }} />
        ))}
        <span style={{ flexGrow: project.byState.TODO ?? 0 }} />
      </div>
    </>
  );
};

/** A guess is not told to the second. */
const rounded = (ms: number): number => {
  const step = ms < 60_000 ? 5_000 : 30_000;
  return Math.max(Math.round(ms / step), 1) * step;
};

const StateCounts = ({ project }: { readonly project: ProjectSummary }) => {
  const words = useWords();
  const states = [...BAR, 'TODO' as const].filter((state) => (project.byState[state] ?? 0) > 0);
  return (
    <ul className="state-counts">
      {states.map((state) => (
        <li key={state} data-state={state}>
          <span className="dot" aria-hidden="true" />
          {words.states[state]} <strong>{project.byState[state]}</strong>
        </li>
      ))}
    </ul>
  );
};

interface AgentProps {
  readonly row: AgentRow;
  readonly isOn: boolean;
  readonly onAgent: (agent: string | undefined) => void;
}

const SHOWN = 2;

const AgentChip = ({ row, isOn, onAgent }: AgentProps) => {
  const words = useWords();
  const name = agentName(words, row.agent);
  return (
    <li className="agent" data-busy={row.running.length > 0 || undefined}>
      <button
        type="button"
        className="agent-name"
        aria-pressed={isOn}
        title={words.progress.only(name)}
        onClick={() => onAgent(isOn ? undefined : row.agent)}
      >
        <span>{name}</span>
        <span className="agent-count">
          {row.ended}/{row.total}
        </span>
      </button>
      <span className="agent-now">
        {row.running.length === 0 && words.progress.idle}
        {row.running.slice(0, SHOWN).map((id) => (
          <button key={id} type="button" className="link" onClick={() => goTo({ tab: 'board', card: id })}>
            {id}
          </button>
        ))}
        {row.running.length > SHOWN && <span>+{row.running.length - SHOWN}</span>}
      </span>
    </li>
  );
};
