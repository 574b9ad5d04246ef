import type { AgentName } from '@squados/contracts';
import { duration } from '../terminal/duration.js';
import type { Palette } from '../terminal/palette.js';
import { shorten } from '../terminal/sanitize.js';
import { paintState, STATE_ORDER, stateWord } from './state-words.js';
import { endedOf, type AgentProgress, type Progress, type RunningCard } from './progress.js';

export interface FrameOptions {
  readonly palette: Palette;
  readonly columns: number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly startedAt: number;
  /** Cards that had ended when this process began, by agent: rates count only what came after. */
  readonly endedBefore: ReadonlyMap<AgentName, number>;
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

/** Cards whose end tells no rate yet. */
const FEWEST = 3;

/**
 * Milliseconds: agents work side by side, each at its own rate since this process began, so the one with most left decides. An
 * agent that has ended none yet is taken to be as fast as the others are on average; no answer before three cards have ended.
 */
export const etaMs = (
  progress: Pick<Progress, 'agents'>,
  { now, startedAt, endedBefore }: Pick<FrameOptions, 'now' | 'startedAt' | 'endedBefore'>,
): number | undefined => {
  const agents = progress.agents.map((agent) => {
    const ended = endedOf(agent);
    return { left: agent.total - ended, ended: ended - (endedBefore.get(agent.agent) ?? 0) };
  });
  const ended = agents.reduce((sum, agent) => sum + agent.ended, 0);
  if (ended < FEWEST || agents.every(({ left }) => left <= 0)) return undefined;
  const average = ended / agents.filter((agent) => agent.ended > 0).length;
  const spent = now - startedAt;
  return Math.max(...agents.map((agent) => (spent / (agent.ended > 0 ? agent.ended : average)) * agent.left));
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
