import type { Gate, GateInput } from '@squados/agent-runtime';
import { isDeployCard, type Finding } from '@squados/contracts';
import { ofReport, refer, type GateVerdict } from '../pool/verdict-of.js';
import { givenQuestions, isAnswerTo, onlyTakes, servesGivenContract, type GivenQuestion } from './given-smoke.js';
import { count, reportOf } from '../pool/report.js';

const RELEASE_JSON = 'deploy/local/release.json';
const ADDRESSES_JSON = 'deploy/local/addresses.json';
const COMMAND =
  'GET health, the page, its configuration, and a list of every resource with the token of the page (fetch, loopback)';
const ISOLATION = { level: 0, by: 'requests to loopback; nothing is executed here' } as const;
const TIMEOUT_MS = 10_000;

interface Addresses {
  readonly product: string;
  readonly api: string;
  readonly health: string;
}

/** A DEPLOY is done only when what it started answers: health, page, and the API through the page's own address. */
export const createProductAnswersGate = (): Gate => ({
  name: 'product-answers',
  applies: (task) => (task.card.agent === 'infra' && isDeployCard(task.card) ? 'required' : 'none'),
  run: async (input) => {
    const record = jsonOf(input, RELEASE_JSON);
    const told = { command: COMMAND, isolation: ISOLATION };
    if (record?.['outcome'] === 'unavailable')
      return refer(
        told,
        `${String(record['reason'])}: ${String(record['remedy'])}, then squados retry ${input.task.card.id}`,
      );
    const addresses = addressesOf(jsonOf(input, ADDRESSES_JSON));
    if (!addresses)
      return ofReport(
        told,
        reportOf('addresses read', [problem(ADDRESSES_JSON, 'it names no addresses on 127.0.0.1')]),
      );
    return smoke(addresses, input);
  },
});

const jsonOf = (input: GateInput, path: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(input.files.get(path) ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** Only loopback is asked: an address from a file must not make us call anybody else. */
const addressesOf = (value: Record<string, unknown> | undefined): Addresses | undefined => {
  const local = (key: string): string | undefined => {
    const text = value?.[key];
    return typeof text === 'string' && /^http:\/\/127\.0\.0\.1:\d{1,5}\/[A-Za-z0-9._~\-/]*$/.test(text)
      ? text
      : undefined;
  };
  const [product, api, health] = [local('frontend'), local('backend'), local('health')];
  return product === undefined || api === undefined || health === undefined ? undefined : { product, api, health };
};

const problem = (path: string, message: string): Finding => ({ path, rule: 'smoke', severity: 'error', message });

interface Answer {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly type: string;
  readonly ms: number;
}

const ask = async (url: string, signal: AbortSignal, token?: string): Promise<Answer | string> => {
  const began = performance.now();
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      redirect: 'error',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    const text = (await response.text()).slice(0, 1_000_000);
    const type = response.headers.get('content-type') ?? '';
    return { url, status: response.status, text, type, ms: Math.round(performance.now() - began) };
  } catch (error) {
    return error instanceof Error
      ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ''}`
      : String(error);
  }
};

interface Expectation {
  readonly what: string;
  readonly url: string;
  holds(answer: Answer): boolean;
  readonly token?: string;
}

const NOTHING_TO_ASK =
  'health, page and configuration answer; the given contract offers nothing to read, so none of its operations was asked';

const smoke = async (addresses: Addresses, input: GateInput): Promise<GateVerdict> => {
  const { signal } = input.tools;
  const config = await ask(new URL('config.json', addresses.product).href, signal);
  const token = tokenIn(typeof config === 'string' ? '' : config.text);
  const contract = await ask(new URL('/openapi.json', addresses.product).href, signal);
  const served = typeof contract === 'string' ? '' : contract.text;
  const questions = questionsOf(served, input);
  const expected: readonly Expectation[] = [
    { what: 'health', url: addresses.health, holds: (a) => a.status === 200 },
    { what: 'page', url: addresses.product, holds: (a) => a.status === 200 && /<div id="root"/.test(a.text) },
    {
      what: 'configuration',
      url: new URL('config.json', addresses.product).href,
      holds: (a) => tokenIn(a.text) !== undefined,
    },
    ...questions.map((question) => ({
      what: question.what,
      url: `${addresses.api}${question.path}`,
      ...(token === undefined ? {} : { token }),
      holds: (a: Answer) => isAnswerTo(question, a),
    })),
    ...questions
      .filter(({ isSecured }) => isSecured)
      .slice(0, 1)
      .map(({ path, refusals }) => ({
        what: 'no token',
        url: `${addresses.api}${path}`,
        holds: (a: Answer) => refusals.includes(a.status),
      })),
  ];
  const answers = [];
  for (const one of expected) answers.push({ one, answer: await ask(one.url, signal, one.token) });
  const wrong = answers.flatMap(({ one, answer }) =>
    typeof answer !== 'string' && one.holds(answer) ? [] : [problem(one.url, told(one, answer))],
  );
  if (wrong.length === 0 && servesGivenContract(input) && onlyTakes(served))
    return refer({ command: COMMAND, isolation: ISOLATION }, NOTHING_TO_ASK);
  const none =
    questions.length === 0 ? [problem(addresses.product, 'the contract that it serves names no list to ask for')] : [];
  const report = reportOf(count(expected.length, 'request'), [...wrong, ...none]);
  const lines = answers.map(
    ({ one, answer }) =>
      `${one.what}: ${typeof answer === 'string' ? answer : `${answer.status} in ${answer.ms} ms`} ${one.url}`,
  );
  return { ...ofReport({ command: COMMAND, isolation: ISOLATION }, report), excerpt: lines.join('\n').slice(0, 4_000) };
};

const told = (one: Expectation, answer: Answer | string): string =>
  typeof answer === 'string'
    ? `${one.what}: no answer: ${answer}`
    : `${one.what}: answered ${answer.status} ${answer.type === '' ? 'without a type' : answer.type}, which is not what it should`;

const tokenIn = (text: string): string | undefined => {
  try {
    const token = (JSON.parse(text) as { token?: unknown }).token;
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
};

const OK = 200;
const UNAUTHORIZED = 401;

/** What is asked of the API: every list of ours, and what a given contract lets be read. */
const questionsOf = (contract: string, input: GateInput): readonly GivenQuestion[] =>
  servesGivenContract(input)
    ? givenQuestions(contract)
    : collectionsOf(contract).map((path) => ({
        what: `list ${path}`,
        path,
        statuses: [OK],
        isSecured: true,
        refusals: [UNAUTHORIZED],
      }));

/** Paths of the contract that can be listed without knowing an id: a GET with no parameter in its path. */
const collectionsOf = (text: string): readonly string[] => {
  try {
    const paths = (JSON.parse(text) as { paths?: Record<string, Record<string, unknown>> }).paths ?? {};
    return Object.entries(paths)
      .filter(([path, item]) => 'get' in item && !path.includes('{') && /^\/[A-Za-z0-9._~\-/]+$/.test(path))
      .map(([path]) => path)
      .slice(0, 50);
  } catch {
    return [];
  }
};
