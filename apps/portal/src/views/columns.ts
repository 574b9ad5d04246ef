import type { CardRow } from '@squados/portal-gateway/wire';
import type { BoardCard } from '../feed/board-store.js';

export const COLUMNS = ['todo', 'queued', 'working', 'person', 'done'] as const;
export type Column = (typeof COLUMNS)[number];

const COLUMN_OF: Readonly<Record<CardRow['state'], Column>> = {
  TODO: 'todo',
  BLOCKED: 'todo',
  ENQUEUED: 'queued',
  RETRYING: 'queued',
  EXECUTING: 'working',
  VERIFYING: 'working',
  EVALUATING: 'working',
  AWAITING_APPROVAL: 'person',
  DEAD_LETTERED: 'person',
  STALE: 'person',
  DONE: 'done',
  SKIPPED: 'done',
};

/** Where a card stands for people: what waits for a decision is theirs, whatever its state is called. */
export const columnOf = (row: CardRow): Column => (row.held ? 'person' : COLUMN_OF[row.state]);

/** The state that isn't said by the column already. */
export const isPlainIn = (row: CardRow): boolean =>
  row.state === 'TODO' || row.state === 'ENQUEUED' || row.state === 'DONE';

const PRIORITY: Readonly<Record<string, number>> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 };
const rank = (row: CardRow): number => PRIORITY[row.priority] ?? 4;

type Order = (a: BoardCard, b: BoardCard) => number;
const newestFirst: Order = (a, b) => b.touched - a.touched;
/** What can begin comes before what waits, by priority: the order in which it will be handed out. */
const nextFirst: Order = (a, b) => Number(a.row.waits > 0) - Number(b.row.waits > 0) || rank(a.row) - rank(b.row);

const ORDER: Readonly<Partial<Record<Column, Order>>> = { done: newestFirst, todo: nextFirst };

export interface Filter {
  readonly text: string;
  readonly agent: string | undefined;
}

/** The board's columns, filtered and in the order in which people read them. */
export const columnsOf = (
  cards: Iterable<BoardCard>,
  filter: Filter,
): Readonly<Record<Column, readonly BoardCard[]>> => {
  const columns: Record<Column, BoardCard[]> = { todo: [], queued: [], working: [], person: [], done: [] };
  const matches = matching(filter);
  for (const card of cards) if (matches(card.row)) columns[columnOf(card.row)].push(card);
  for (const column of COLUMNS) {
    const order = ORDER[column];
    if (order) columns[column].sort(order);
  }
  return columns;
};

const matching = ({ text, agent }: Filter): ((row: CardRow) => boolean) => {
  const wanted = text.trim().toLowerCase();
  return (row) =>
    (agent === undefined || row.agent === agent) &&
    (wanted === '' || row.id.toLowerCase().includes(wanted) || row.title.toLowerCase().includes(wanted));
};
