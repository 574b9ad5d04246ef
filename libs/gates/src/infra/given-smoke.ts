import type { GateInput } from '@squados/agent-runtime';
import { planContract, type Json, type ServedOperation } from '@squados/importers/contracts';

/** One reading operation of a given contract, as it can be asked without knowing any record. */
export interface GivenQuestion {
  /** `GET /pets` */
  readonly what: string;
  /** Path and query, below the API's base. */
  readonly path: string;
  /** Statuses that the contract's service may answer with an empty store. */
  readonly statuses: readonly number[];
  readonly isSecured: boolean;
  /** Statuses that refuse who brings no credentials: a contract may know only one of them. */
  readonly refusals: readonly number[];
}

const BINDING = 'engenharia/backend/app/contract/operations.json';
const MAX_QUESTIONS = 50;
const NOT_FOUND = 404;
const REFUSALS = [401, 403];

/**
 * Whether the answer is one of those. A record that is not there may be refused without a word: many contracts describe their 404 with no
 * content.
 */
export const isAnswerTo = (
  { statuses }: Pick<GivenQuestion, 'statuses'>,
  answer: { readonly status: number; readonly type: string; readonly text: string },
): boolean =>
  statuses.includes(answer.status) &&
  (answer.type.includes('json') || (answer.status === NOT_FOUND && answer.text === ''));

/** Whether the deployed backend is the service of a given contract. */
export const servesGivenContract = ({ task }: Pick<GateInput, 'task'>): boolean =>
  task.dependencies.some((d) => BINDING in d.manifest);

/** What a service of the contract that it serves can be asked: each reading operation, with the plan's own samples. */
export const givenQuestions = (contract: string): readonly GivenQuestion[] => {
  const planned = planContract(new TextEncoder().encode(contract), 'openapi.json');
  if (planned.kind === 'refused') return [];
  return planned.plan.operations
    .filter((o): o is ServedOperation => o.support === 'served' && (o.kind === 'list' || o.kind === 'read'))
    .flatMap((operation) => questionOf(operation))
    .slice(0, MAX_QUESTIONS);
};

/** Whether a contract that is served offers nothing that can be read: its service only takes. */
export const onlyTakes = (contract: string): boolean =>
  planContract(new TextEncoder().encode(contract), 'openapi.json').kind === 'planned' &&
  givenQuestions(contract).length === 0;

const questionOf = ({ kind, path, sample, success, isSecured }: ServedOperation): readonly GivenQuestion[] => {
  if (!sample) return [];
  const filled = path.replace(/\{([^{}]+)\}/g, (_all, name: string) => encodeURIComponent(textOf(sample.path[name])));
  const query = new URLSearchParams(
    Object.entries(sample.query).map(([name, value]): [string, string] => [name, textOf(value)]),
  ).toString();
  const isSure = kind === 'list' && !path.includes('{');
  return [
    {
      what: `GET ${path}`,
      path: `${filled}${query === '' ? '' : `?${query}`}`,
      statuses: isSure ? [success.status] : [success.status, NOT_FOUND],
      isSecured,
      refusals: REFUSALS,
    },
  ];
};

const textOf = (value: Json | undefined): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
