import { card, cards } from '@squados/board';
import type { CliContext } from '../cli-context.js';
import { isRunning } from '../solo/control.js';
import { shorten } from '../terminal/sanitize.js';
import { commandName } from '../terminal/command-name.js';
import { table } from '../terminal/table.js';
import { countsText } from '../views/state-words.js';
import { progressOf, type Progress } from '../views/progress.js';
import { summaryOf } from '../views/summary.js';
import { readProject, type FoldedProject } from './with-reader.js';
import { isOnNats, placeOption, type Place, type PlaceOptions } from './place.js';

export interface StatusOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly cards?: boolean;
}

export const showStatus = async (context: CliContext, options: StatusOptions): Promise<void> => {
  const project = await readProject(context, options);
  const running = isOnNats(project.folder) || (await isRunning(project.folder));
  const progress = progressOf(project.fold, project.at);
  if (options.json) context.terminal.out(JSON.stringify(statusJson(project, progress, running), undefined, 2));
  else
    for (const line of statusLines({ context, project, progress, running, listed: options.cards === true }))
      context.terminal.out(line);
};

const statusJson = (project: FoldedProject, progress: Progress, running: boolean): unknown => ({
  ...summaryOf(project.fold, project.at, project.folder),
  running,
  settled: progress.settled,
  agents: progress.agents,
  now: progress.running,
  cards: cardList(project),
});

const cardList = ({
  fold,
  at,
}: FoldedProject): readonly { id: string; agent: string; state: string; attempt: number; title: string }[] =>
  [...cards(fold.board, at.view.id)].map((id) => {
    const title = at.record.cards.get(id)?.spec.title ?? '';
    const { agent, state, attempt } = card(fold.board, at.view.id, id) ?? UNKNOWN;
    return { id, agent, state, attempt, title };
  });

const UNKNOWN = { agent: '', state: '', attempt: 0 } as const;

const statusLines = (shown: {
  readonly context: CliContext;
  readonly project: FoldedProject;
  readonly progress: Progress;
  readonly running: boolean;
  readonly listed: boolean;
}): readonly string[] => {
  const { progress, running, project, context } = shown;
  const { palette, columns } = context.terminal;
  const doing = doingText(project.folder, running);
  const finished = progress.status === 'completed' || progress.status === 'stopped';
  return [
    `${palette.bold(shorten(progress.title, 100))}  ${progress.status}${finished ? '' : ` (${doing})`}`,
    `  cards  ${progress.total}: ${countsText(progress.byState)}`,
    ...progress.agents.map(
      (agent) => `  ${agent.agent.padEnd(10)} ${String(agent.total).padStart(4)}: ${countsText(agent.byState)}`,
    ),
    ...progress.running.map(
      (now) =>
        `  ▸ ${shorten(now.id, 40)} ${now.state.toLowerCase()}, attempt ${now.attempt}: ${shorten(now.title, 80)}`,
    ),
    ...(shown.listed ? ['', ...cardTable(project, columns)] : []),
  ];
};

const doingText = (place: Place, running: boolean): string => {
  if (isOnNats(place)) return `on ${place.root}`;
  return running ? 'a process runs it now' : `no process runs it: ${commandName()} up ${placeOption(place)}`;
};

const cardTable = (project: FoldedProject, columns: number): readonly string[] =>
  table(
    [
      { title: 'CARD' },
      { title: 'AGENT' },
      { title: 'STATE' },
      { title: 'ATTEMPT', align: 'right' },
      { title: 'TITLE' },
    ],
    cardList(project).map((c) => [
      shorten(c.id, 40),
      c.agent,
      c.state,
      String(c.attempt),
      shorten(c.title, Math.max(columns - 50, 20)),
    ]),
  );
