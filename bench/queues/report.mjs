// The results as a page: what is asked for, then everything that was measured.
import { FORMS, MEASUREMENTS, TARGETS, WARM_UP } from './plan.mjs';

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => {
  const all = sorted(values);
  return all.length % 2 === 1 ? all[all.length >> 1] : (all[all.length / 2 - 1] + all[all.length / 2]) / 2;
};
const percentile = (all, p) => all[Math.min(all.length - 1, Math.floor(all.length * p))];
const table = (head, lines) =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const whole = (value) => Math.round(value).toLocaleString('en');
const spread = (values, form) => `${form(median(values))} (${form(Math.min(...values))}–${form(Math.max(...values))})`;
const times = (value) => `${value.toFixed(2)}×`;
const ms = (value) => `${value.toFixed(2)} ms`;

const valueOf = (result, value) => {
  if (value === undefined) return result.cardsPerSecond;
  const gaps = sorted(result.gaps);
  return percentile(gaps, value === 'p99' ? 0.99 : 0.5);
};

const pairs = (results, { of, over, under, underOf = of, value }) =>
  results
    .filter(({ id, name }) => id === of && name === over)
    .flatMap((ours) => {
      const other = results.find(({ round, id, name }) => round === ours.round && id === underOf && name === under);
      return other === undefined ? [] : [valueOf(ours, value) / valueOf(other, value)];
    });

const verdictOf = ({ floor, ceiling, aim }, value) => {
  if (floor === undefined && ceiling === undefined) return '';
  const isBetter = (limit) => (floor === undefined ? value <= limit : value >= limit);
  if (!isBetter(floor ?? ceiling)) return 'short';
  return aim !== undefined && isBetter(aim) ? 'aim met' : 'met';
};

const asked = ({ floor, ceiling, aim }) => {
  if (floor === undefined && ceiling === undefined) return '';
  const limit = floor === undefined ? `at most ${times(ceiling)}` : `at least ${times(floor)}`;
  return aim === undefined ? limit : `${limit}, aim ${times(aim)}`;
};

const targets = (results) =>
  TARGETS.flatMap((target) => {
    const ratios = pairs(results, target);
    if (ratios.length === 0) return [];
    return [[target.name, spread(ratios, times), asked(target), verdictOf(target, median(ratios))]];
  });

const measured = (results) =>
  MEASUREMENTS.flatMap(({ id, graph: [graph], form, sides }) =>
    sides.flatMap((name) => {
      const mine = results.filter((result) => result.id === id && result.name === name);
      if (mine.length === 0) return [];
      const chain = mine[0].gaps.length > 0 && graph === 'chain';
      const cpu = mine.filter(({ cpuMsPerCard }) => cpuMsPerCard !== undefined).map(({ cpuMsPerCard }) => cpuMsPerCard);
      return [
        [
          id,
          name,
          String(FORMS[form].slots),
          spread(
            mine.map(({ cardsPerSecond }) => cardsPerSecond),
            whole,
          ),
          cpu.length === 0 ? '' : median(cpu).toFixed(2),
          chain
            ? spread(
                mine.map((result) => valueOf(result, 'p50')),
                ms,
              )
            : '',
          chain
            ? spread(
                mine.map((result) => valueOf(result, 'p99')),
                ms,
              )
            : '',
        ],
      ];
    }),
  );

const cpuTable = (results) => {
  const NAMES = ['orchestrator', 'agent', 'worker', 'reader', 'whole', 'server'];
  return MEASUREMENTS.flatMap(({ id, sides }) =>
    sides.flatMap((name) => {
      const mine = results.filter(
        (result) => result.id === id && result.name === name && Object.keys(result.cpu).length > 0,
      );
      if (mine.length === 0) return [];
      const cells = NAMES.map((process) => {
        const values = mine.flatMap(({ cpu }) => (cpu[process] === undefined ? [] : [cpu[process]]));
        return values.length === 0 ? '' : median(values).toFixed(3);
      });
      return [[id, name, ...cells]];
    }),
  );
};

/** Old design: one look at the board every 5 s; what is ready is handed out then. Not run: counted. */
const POLL_SECONDS = 5;
const polled = () =>
  [
    ['layered (25 layers)', 25, 5_000],
    ['fan', 3, 5_002],
    ['chain', 1_000, 1_000],
  ].map(([graph, depth, cards]) => [
    graph,
    whole(cards),
    whole(depth),
    whole(depth * POLL_SECONDS),
    (cards / (depth * POLL_SECONDS)).toFixed(1),
  ]);

const factsOf = (results) => {
  const line = (id, words) => {
    const found = results.find((result) => result.id === id && result.eventsPerCard !== undefined);
    return found === undefined
      ? []
      : [`${words}: ${found.eventsPerCard.toFixed(1)} events in ${found.appendsPerCard.toFixed(1)} appends a card`];
  };
  return [...line('strict-layered', 'strict'), ...line('pipelined-layered', 'pipelined')].join('; ');
};

const versions = ({ programs }) =>
  Object.entries(programs)
    .flatMap(([name, found]) => (found === undefined ? [] : [`${name} ${found.version}`]))
    .join(', ');

const warmCards = WARM_UP.reduce((sum, [, cards]) => sum + cards, 0);

export const reportOf = ({ results, rounds, machine, skipped, bytes, twins }) => `# bench/queues

Ours beside what anybody would pick instead, in one run: ${rounds} rounds, sides in turn. Each side has a server and processes of its
own, which live over all rounds and work off ${whole(warmCards)} cards, of each shape that is measured, before the first. Medians, with the lowest and highest round; ratios are taken
round by round. ${machine.cores} cores, Node ${machine.node.split('.')[0]}, ${versions(machine)}; load average before the runs ${machine.load.toFixed(1)}. Repeat:
\`node bench/queues/run.mjs\`.
${skipped.length === 0 ? '' : `\n**Skipped** for want of: ${skipped.join(', ')}.\n`}
## What is asked for

${table(['figure', 'ratio', 'asked', ''], targets(results))}

## What was measured

${table(['measurement', 'side', 'slots', 'cards/s', 'CPU ms/card', 'dispatch p50', 'dispatch p99'], measured(results))}

Processor time a card by process, in ms:

${table(['measurement', 'side', 'orchestrator', 'agent', 'worker', 'reader', 'whole', 'server'], cpuTable(results))}

## Where it falls short, and why

What a card costs decides on two cores, so a profile of the processor (perf, on-CPU samples of our three processes after 35,000 cards)
says more than a stop watch:

- **The engine compiles for long.** On a loaded machine a card took 1.17 ms of processor time after 10,000 cards and 0.79 ms after
  15,000; after 35,000 still 6 to 14 % of the samples lie in V8's compilers and parser. So every side is warmed up with ${whole(warmCards)} cards.
- **Three folds keep everything.** Orchestrator, agent and reader each decode the commits of a card (by hand: a byte is looked at), fold them
  and keep every text: 11 to 18 % of the samples are the collector's, about 30 % property access, maps and the like in V8, 10 to 20 % our
  own functions, none of them much over 2 %, 3 to 8 % JSON, 5 to 9 % the kernel. By hand a card took a third of the processor time.
- **A card on a chain is four wake-ups**, agent, server, orchestrator, server, and four processes share two cores: whatever the others
  do meanwhile (folding what was just dispatched) is in the way.

What was tried and stayed: no decoding of what this process appended or has decoded by another way; signals made when somebody asks
for one (11 µs each with a listener, two an attempt); a slot asks for its next piece with the last append of the one before, so that
a card on strict is two round trips of its slot, not three; one request for all slots that got free in a turn, in the same write as the acknowledgements;
snapshots hashed by the platform instead of in JavaScript (a tenth of the orchestrator), and from 25,000 commits on; events
stamped without matches in pieces. What was left: a fold in the agent that decodes a card's commits only when somebody asks for them;
rounds of the planner that overlap (now one waits until its appends are folded); writing headers without the client's own object (3 µs an append).
Tried and left: a young generation of 64 MB, V8 without threads of its own (\`--v8-pool-size=0\`), its collector on one thread: a card costs as much with as without.

Where the same appends by hand are hardly faster than BullMQ, no fold on top of them can be: that is what the rows *raw / BullMQ* show.

## What is compared

- **Ours**: the production path with an agent that writes nothing: orchestrator, Nest microservice with work transport and agent runtime,
  reader with a fold of its own as the gateway has it; on JetStream in three processes or one, or on the embedded log. Every card is
  enqueued, started, gets a verdict and is completed (${factsOf(results)}). *Strict*: CardStarted is in the log before the agent
  is called; 5 slots, window 10. *Pipelined*: an attempt without outside effects, whose CardStarted goes out with its end; 40 slots, window 80.
- **Raw**: the same appends with the same expectations, claims, acknowledgements, followers and processes by hand on a NATS connection: no
  board, no JSON in the bodies, of ${bytes.decided} bytes (decided) and ${bytes.attempt} bytes (attempt), the mean of ours.
- **BullMQ**: a queue, a worker with as many slots, queue events for the orchestrator and the reader (in one process: the worker's own events).
  Dependencies are kept by the orchestrator; a dependent is added when its last dependency is done, several at once with \`addBulk\`. Job
  data and return value as large as our commits.
- **Celery**: a worker with a pool of as many threads, late acknowledgements, no results; the task's last word is an RPUSH that the
  orchestrator waits for; no reader.
- **Dispatch** on the warm chain: from the end of one card's work to the beginning of the next one's, on the worker's clock: everything that lies
  between, on both sides.
- Graphs: ${twins ? 'made here' : 'of `../shared/bench/dags`, cut to size'}.

**Durability**: ours on JetStream and raw: acknowledged when written to the file in the page cache, synced every 2 minutes (the server's default);
embedded: synced before every answer. Redis: append-only file, \`appendfsync everysec\`: acknowledged before it is on disk, synced each second.

## The 5 s poll that this replaces

Not run: counted, with free workers always there, one layer of the graph for each look.

${table(['graph', 'cards', 'layers', 'seconds', 'cards/s'], polled())}
`;
