import { agentName, cardId, START, position } from '@squados/contracts';
import type { LaneFilter } from '@squados/event-log';
import type { CliContext } from '../cli-context.js';
import { wholeNumber } from '../terminal/whole-number.js';
import { eventRows, type EventRow } from '../views/event-line.js';
import { withReader } from './with-reader.js';
import type { PlaceOptions } from './place.js';

export interface EventsOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly card?: string;
  readonly agent?: string;
  readonly type?: readonly string[];
  readonly after?: string;
  readonly limit?: string;
}

/** Prints events in the log's order; with `--json` as one array of complete events with lane, position and revision. */
export const listEvents = (context: CliContext, options: EventsOptions): Promise<void> =>
  withReader(context, options, async ({ log }) => {
    const printer = options.json ? jsonPrinter(context) : linePrinter(context);
    const after = options.after === undefined ? START : position(wholeNumber(options.after, '--after'));
    let left = options.limit === undefined ? Infinity : wholeNumber(options.limit, '--limit');
    for await (const page of log.read({ after, filter: filterOf(options) })) {
      for (const commit of page) {
        const rows = eventRows(commit).filter((row) => options.type?.includes(row.type) ?? true);
        for (const row of rows.slice(0, left))
          printer.row({ ...row, revision: commit.revision, event: commit.events[row.index] });
        left -= rows.length;
      }
      if (left <= 0) break;
    }
    printer.end();
  });

interface Row extends EventRow {
  readonly revision: number;
  readonly event: unknown;
}

interface Printer {
  row(row: Row): void;
  end(): void;
}

const filterOf = ({ card, agent }: EventsOptions): LaneFilter => ({
  ...(card === undefined ? {} : { card: cardId(card) }),
  ...(agent === undefined ? {} : { agent: agentName(agent) }),
});

/** One at a time: a log may be longer than memory. */
const jsonPrinter = ({ terminal }: CliContext): Printer => {
  let count = 0;
  return {
    row: ({ position: at, index, lane, revision, event }) => {
      terminal.raw(`${count === 0 ? '[\n' : ',\n'}${JSON.stringify({ position: at, index, lane, revision, event })}`);
      count += 1;
    },
    end: () => terminal.out(count === 0 ? '[]' : '\n]'),
  };
};

const linePrinter = ({ terminal }: CliContext): Printer => ({
  row: (row) =>
    terminal.out(
      `${String(row.position).padStart(7)}.${row.index}  ${row.time}  ${row.subject.padEnd(12)}  ${row.type.padEnd(18)}  ${row.words}`,
    ),
  end: () => undefined,
});
