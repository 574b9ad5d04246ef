import type { LogFacts } from '../kills/log-facts.js';
import { nameOf, type Seen } from './processes.js';

/** Where a kill is to land: a card of this kind in progress, and a program of it that runs. */
export interface Target {
  readonly stage: string;
  readonly what: string;
  readonly program: RegExp;
  /** `squados`: the whole run; `launcher`: the process that holds the sandbox; `program`: what was found itself. */
  readonly victim: 'squados' | 'launcher' | 'program';
  /** Only in this step of the attempt; default: in any. */
  readonly step?: string;
}

const target = (
  stage: string,
  what: string,
  program: RegExp,
  more: { readonly victim?: Target['victim']; readonly step?: string } = {},
): Target => ({ stage, what, program, victim: 'squados', ...more });

const WORKER = /worker-gates\.js/;
const SUPERVISOR = /worker-product\.js/;

/**
 * About in the order of the chain; of what shows itself at once the first is hit. One card is never killed more than four times, since
 * the fifth death is a poison card's.
 */
export const TARGETS: readonly Target[] = [
  target('ARCH', 'PostgreSQL (PGlite) and linters', WORKER, { step: 'verifying' }),
  target('ARCH', 'the gate worker itself', WORKER, { step: 'verifying', victim: 'program' }),
  target('ARCH', 'PostgreSQL (PGlite) and linters', WORKER, { step: 'verifying' }),
  target('FE', 'compiler and tests', /\.gates\/run\.mjs/),
  target('BE', 'tests', /pytest/),
  target('BE', 'contract', /gate\.contract/),
  target('FE', 'compiler and tests', /\.gates\/run\.mjs/),
  target('BE', 'the sandbox of the tests', /pytest/, { victim: 'launcher' }),
  target('FE', 'the sandbox of compiler and tests', /\.gates\/run\.mjs/, { victim: 'launcher' }),
  target('QA', 'browser', /headless|chrom/i),
  target('QA', 'end to end run', /e2e-driver\.mjs/),
  target('QA', 'the sandbox of the browser', /headless|chrom/i, { victim: 'launcher' }),
  target('QA', 'browser', /headless|chrom/i),
  target('QA', 'service under test', /-m app /),
  target('DEPLOY', 'making of the database', /bin\/initdb /),
  target('DEPLOY', 'build of the page', /squados-build\.mjs/),
  target('DEPLOY', 'the sandbox of that build', /squados-build\.mjs/, { victim: 'launcher' }),
  target('DEPLOY', "the product's supervisor itself", SUPERVISOR, { victim: 'program', step: 'executing' }),
  target('DEPLOY', 'start of the product', /bin\/postgres .*pgdata /),
  target('DEPLOY', 'the running product', SUPERVISOR, { step: 'verifying' }),
];

/** Deliveries of an attempt of which the last must be let through. */
const MOST_DEATHS = 4;

const isOf = (id: string, { stage }: Target): boolean => id.startsWith(`${stage}-`);

/** Its card came to its end before the kill could land. */
export const isPast = (facts: LogFacts, target: Target): boolean =>
  [...facts.cards].some(([id, card]) => isOf(id, target) && card.ends.at(-1) === 'completed');

const isDue = (facts: LogFacts, target: Target): boolean => {
  const open = facts.open();
  if (target.victim === 'squados' && open.some(([, card]) => card.deliveries > MOST_DEATHS)) return false;
  return open.some(([id, card]) => isOf(id, target) && (target.step === undefined || target.step === card.step));
};

/** The process that the target means, if its moment is now. */
export const found = (facts: LogFacts, target: Target, processes: readonly Seen[]): Seen | undefined =>
  isDue(facts, target) ? processes.find((one) => isMeant(one, target)) : undefined;

/** What launches a program has that one's name among its arguments, and isn't it. */
const isMeant = (one: Seen, { program }: Target): boolean =>
  nameOf(one) !== undefined && program.test(`${one.command.join(' ')} `);
