import { duration } from '../terminal/duration.js';
import type { Palette } from '../terminal/palette.js';
import { shorten } from '../terminal/sanitize.js';
import { paintState, STATE_ORDER, stateWord } from './state-words.js';
import type { AgentProgress, Progress, RunningCard } from './progress.js';

export interface FrameOptions {
  readonly palette: Palette;
  readonly columns: number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly startedAt: number;
  /** Cards that had ended when this process began: the rate counts only what came after. */
  readonly endedBefore: number;
  readonly mostRunning: number;
}

const BAR = 24;

/** One picture of the run as lines, none longer than the terminal is wide. */
export const liveFrame = (progress: Progress, options: FrameOptions): readonly string[] => [
  headLine(progress, options),
  barLine(progress, options),
  '',
  ...progress.agents.map((agent) => agentLine(agent, options)),
  '',
  ...runningLines(progress.running, options),
];

const headLine = (progress: Progress, { palette, columns }: FrameOptions): string =>
  `${palette.bold(shorten(progress.title, Math.max(columns - 14, 10)))}  ${palette.dim(progress.status)}`;

const barLine = (progress: Progress, options: FrameOptions): string => {
  const filled = progress.total === 0 ? 0 : Math.floor((progress.ended / progress.total) * BAR);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
  const left = etaMs(progress, options);
  const times = `${duration(options.now - options.startedAt)}${left === undefined ? '' : `, about ${duration(left)} left`}`;
  return shorten(`${bar} ${progress.ended}/${progress.total} cards  ${times}`, options.columns - 1);
};

/** From the rate since this process began; none before three cards have ended. */
export const etaMs = (
  progress: Progress,
  options: Pick<FrameOptions, 'now' | 'startedAt' | 'endedBefore'>,
): number | undefined => {
  const ended = progress.ended - options.endedBefore;
  const left = progress.total - progress.ended;
  if (ended < 3 || left <= 0) return undefined;
  return ((options.now - options.startedAt) / ended) * left;
};

const agentLine = (agent: AgentProgress, { palette, columns }: FrameOptions): string => {
  const states = STATE_ORDER.filter((state) => (agent.byState[state] ?? 0) > 0);
  const plain = states.map((state) => `${agent.byState[state]} ${stateWord(state)}`).join('  ');
  const name = `${agent.agent.padEnd(10)} ${String(agent.total).padStart(4)}  `;
  if (name.length + plain.length >= columns) return shorten(name + plain, columns - 1);
  return (
    name + states.map((state) => paintState(palette, state, `${agent.byState[state]} ${stateWord(state)}`)).join('  ')
  );
};

const runningLines = (running: readonly RunningCard[], options: FrameOptions): readonly string[] => {
  const shown = running.slice(0, options.mostRunning).map((card) => runningLine(card, options));
  const more = running.length - shown.length;
  return more > 0 ? [...shown, options.palette.dim(`  and ${more} more`)] : shown;
};

const runningLine = (card: RunningCard, { palette, columns, now }: FrameOptions): string => {
  const since = card.since === undefined ? '' : duration(now - card.since);
  const attempt = card.attempt > 1 ? ` #${card.attempt}` : '';
  const left = `▸ ${shorten(card.id, 24)}${attempt} ${stateWord(card.state)} ${since}  `;
  return palette.cyan(left) + shorten(card.title, Math.max(columns - [...left].length - 1, 0));
};
