import { budget, card } from '@squados/board';
import { standingVerdicts, type CardId } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import { relative } from 'node:path';
import { isOnNats, placeOption, type Place } from '../use-cases/place.js';
import { commandName } from '../terminal/command-name.js';
import { duration } from '../terminal/duration.js';
import type { Palette } from '../terminal/palette.js';
import { shorten } from '../terminal/sanitize.js';
import { failureLines, firstFailure, type Failure } from './first-failure.js';
import type { ProjectAt } from './project-of.js';
import { shellQuote } from './shell-quote.js';
import { countsText } from './state-words.js';
import { costLines, costOf, type Cost } from './cost.js';
import { tallyOf, type Tally } from './tally.js';
import { worthOpening } from './worth-opening.js';

export interface Summary {
  readonly project: string;
  readonly title: string;
  readonly status: string;
  readonly data: string;
  readonly tally: Tally;
  readonly cost?: Cost;
  readonly failure?: Failure;
  readonly open: readonly string[];
  readonly next: readonly string[];
}

export const summaryOf = (fold: FoldView, at: ProjectAt, folder: Place): Summary => {
  const tally = tallyOf(fold, at);
  const failure = firstFailure(fold, at);
  return {
    project: at.view.id,
    title: at.record.started.title,
    status: statusText(at),
    data: folder.root,
    tally,
    ...costIn(fold, at),
    ...(failure === undefined ? {} : { failure }),
    open: isOnNats(folder) ? [] : worthOpening(at, folder.tree),
    next: nextCommands({ fold, at, tally, failure, place: optionOf(folder) }).map((rest) => `${commandName()} ${rest}`),
  };
};

/** Absent for a project that asked no model. */
const costIn = (fold: FoldView, { view, record }: ProjectAt): { readonly cost?: Cost } => {
  const money = budget(fold.board, view.id);
  return money ? { cost: costOf(money, record) } : {};
};

/** Of a run that Ctrl-C or a signal ended with work left: how to go on comes first. */
export const interrupted = (summary: Summary, { view }: ProjectAt): Summary =>
  view.status !== 'running' || view.settled
    ? summary
    : {
        ...summary,
        status: 'stopped here; nothing is lost',
        next: [`${commandName()} up --data ${shellQuote(shown(summary.data))}`],
      };

/** A run that stopped moving says that it is somebody's turn. */
const statusText = ({ view }: ProjectAt): string =>
  view.status === 'running' && view.settled ? 'waits for a person' : view.status;

const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near !== '' && !near.startsWith('..') ? near : path;
};

const optionOf = (place: Place): string => placeOption(place, isOnNats(place) ? place.root : shown(place.root));

const nextCommands = (state: {
  readonly fold: FoldView;
  readonly at: ProjectAt;
  readonly tally: Tally;
  readonly failure: Failure | undefined;
  readonly place: string;
}): readonly string[] => {
  const { place: data } = state;
  const { failure, tally } = state;
  if (failure) {
    const id = shellQuote(failure.card);
    return [`why ${id} ${data}`, `retry ${id} ${data}`, `skip ${id} ${data}`];
  }
  const waiting = tally.awaitingApproval[0];
  if (waiting !== undefined) return [`why ${shellQuote(waiting)} ${data}`, ...decisions(state, waiting, data)];
  if (budget(state.fold.board, state.at.view.id)?.isUsedUp) return [`budget --usd … ${data}`, `up ${data}`];
  if (state.at.view.status === 'paused') return [`resume ${data}`];
  return [`up ${data}`, `status --cards ${data}`];
};

/** What a person can say to a card that waits for one. */
const decisions = (
  { fold, at }: { readonly fold: FoldView; readonly at: ProjectAt },
  id: CardId,
  data: string,
): readonly string[] => {
  const missing = card(fold.board, at.view.id, id)?.approval?.missing ?? [];
  if (missing.length === 0) return waivers(at, id, data);
  return missing.map((role) => `approve ${shellQuote(id)} --role ${shellQuote(role)} --reason … ${data}`);
};

const waivers = ({ record }: ProjectAt, id: CardId, data: string): readonly string[] => {
  const last = record.cards.get(id)?.attempts.at(-1);
  const waived = new Set(last?.waivers.map((waiver) => waiver.gate));
  const gates = standingVerdicts(last?.verdicts ?? []).filter(
    (v) => v.required && v.outcome !== 'pass' && !waived.has(v.gate),
  );
  return gates.map(({ gate }) => `waive ${shellQuote(id)} ${shellQuote(gate)} --reason … ${data}`);
};

export const summaryLines = (summary: Summary, folder: Place, palette: Palette): readonly string[] => {
  const { tally } = summary;
  const { pass, fail, refer, waived } = tally.gates;
  return [
    '',
    ...(summary.failure ? [...failureLines(summary.failure, palette), ...logLine(folder), ''] : []),
    `${palette.bold(shorten(summary.title, 100))}  ${summary.status}`,
    `  cards     ${tally.cards}: ${countsText(tally.byState)}`,
    `  attempts  ${tally.attempts} in ${duration(tally.spanMs)}`,
    `  gates     ${pass} pass, ${fail} fail, ${refer} refer, ${waived} waived`,
    ...(summary.cost ? costLines(summary.cost) : []),
    `  data      ${isOnNats(folder) ? folder.root : shown(folder.root)}`,
    ...labelled('open', summary.open.map(shown)),
    ...labelled('next', summary.next),
  ];
};

const logLine = (place: Place): readonly string[] => (isOnNats(place) ? [] : [`  log      ${shown(place.appLog)}`]);

const labelled = (label: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, i) => `  ${(i === 0 ? label : '').padEnd(9)} ${line}`);
