// What is measured: graph and form, and the sides that are held against each other in the same rounds.
const OURS = 'ours, 3 processes';
const RAW = 'raw, 3 processes';
const BULLMQ = 'BullMQ, 3 processes';

export const FORMS = {
  strict: { slots: 5, announce: 'started-first' },
  pipelined: { slots: 40, announce: 'with-end' },
};

export const MEASUREMENTS = [
  { id: 'strict-layered', graph: ['layered', 3_000], form: 'strict', sides: [OURS, RAW, BULLMQ] },
  { id: 'strict-fan', graph: ['fan', 3_000], form: 'strict', sides: [OURS, RAW, BULLMQ] },
  { id: 'pipelined-layered', graph: ['layered', 5_000], form: 'pipelined', sides: [OURS, RAW, BULLMQ] },
  { id: 'pipelined-fan', graph: ['fan', 5_002], form: 'pipelined', sides: [OURS, RAW, BULLMQ] },
  { id: 'chain', graph: ['chain', 1_000], form: 'strict', announce: 'with-end', sides: [OURS, RAW, BULLMQ] },
  { id: 'chain-strict', graph: ['chain', 1_000], form: 'strict', sides: [OURS, RAW] },
  {
    id: 'one-process',
    graph: ['layered', 5_000],
    form: 'pipelined',
    sides: ['ours, embedded', 'ours, 1 process', 'BullMQ, 1 process'],
  },
  { id: 'celery', graph: ['layered', 600], form: 'pipelined', sides: ['Celery, 2 processes'] },
];

/**
 * What every process works off before the first round, each shape that is measured: after fewer cards V8 still compiles, and a card costs
 * half as much again (ours, on a loaded machine: 1.17 ms of processor time after 10,000 cards, 0.79 ms after 15,000).
 */
export const WARM_UP = [
  ['layered', 10_000],
  ['fan', 5_002],
  ['chain', 1_000],
  ['layered', 10_000],
];
/** Python compiles nothing while it runs. */
export const WARM_CARDS_CELERY = 250;

/** What the same appends by hand leave room for, beside what is asked of ours. */
const BY_HAND = [
  ...['strict-layered', 'strict-fan', 'pipelined-layered', 'pipelined-fan'].map((of) => ({
    name: `${of.replace('-', ', ')}: raw / BullMQ, cards/s`,
    ...{ of, over: RAW, under: BULLMQ },
  })),
  ...['p50', 'p99'].map((value) => ({
    name: `warm chain: raw / BullMQ, dispatch ${value}`,
    ...{ of: 'chain', over: RAW, under: BULLMQ, value },
  })),
];

/** What is asked for: the value of `over` divided by that of `under`, round by round. */
export const TARGETS = [
  ...['layered', 'fan'].flatMap((graph) => [
    {
      name: `strict, ${graph}: ours / BullMQ, cards/s`,
      of: `strict-${graph}`,
      over: OURS,
      under: BULLMQ,
      floor: 1.3,
      aim: 2,
    },
    {
      name: `pipelined, ${graph}: ours / BullMQ, cards/s`,
      of: `pipelined-${graph}`,
      over: OURS,
      under: BULLMQ,
      floor: 1.5,
      aim: 2.5,
    },
    { name: `strict, ${graph}: ours / raw, cards/s`, of: `strict-${graph}`, over: OURS, under: RAW, floor: 0.8 },
    { name: `pipelined, ${graph}: ours / raw, cards/s`, of: `pipelined-${graph}`, over: OURS, under: RAW, floor: 0.8 },
  ]),
  {
    name: 'warm chain: ours / BullMQ, dispatch p50',
    of: 'chain',
    over: OURS,
    under: BULLMQ,
    value: 'p50',
    ceiling: 0.5,
    aim: 0.35,
  },
  {
    name: 'warm chain: ours / BullMQ, dispatch p99',
    of: 'chain',
    over: OURS,
    under: BULLMQ,
    value: 'p99',
    ceiling: 0.5,
    aim: 0.35,
  },
  {
    name: 'warm chain, CardStarted first: ours / BullMQ, dispatch p50',
    of: 'chain-strict',
    over: OURS,
    under: BULLMQ,
    underOf: 'chain',
    value: 'p50',
  },
  {
    name: 'pipelined, layered: ours / Celery, cards/s',
    of: 'pipelined-layered',
    over: OURS,
    under: 'Celery, 2 processes',
    underOf: 'celery',
    floor: 6,
    aim: 8,
  },
  ...BY_HAND,
];
