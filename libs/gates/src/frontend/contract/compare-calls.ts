import type { Finding } from '@squados/contracts';
import { operationsOf, parametersOf, templateNames, type Operation } from '../../openapi/operations.js';
import { deref, isObject, type Json, type JsonObject } from '../../openapi/json-tree.js';
import { compareShape } from './compare-shape.js';
import type { SeenCall, SeenCalls, SeenShape } from './seen-call.js';

interface Pair {
  readonly root: JsonObject;
  readonly operation: Operation;
  readonly call: SeenCall;
}

/** Places that may fetch: the client itself, its configuration, and the start that hands `window.fetch` over. */
const MAY_FETCH = new Set(['src/api/http.ts', 'src/app/config.ts', 'src/main.tsx']);

const finding = (call: { readonly file: string; readonly line: number }, rule: string, message: string): Finding => ({
  path: call.file,
  line: call.line,
  rule,
  severity: 'error',
  message,
});

/** Whether every call of the client is one that the contract describes, field by field; what nobody calls is a warning. */
export const compareCalls = (root: JsonObject, { calls, others }: SeenCalls): readonly Finding[] => {
  const operations = operationsOf(root);
  const called = new Set<Operation>();
  const found = calls.flatMap((call) => {
    if (call.unreadable === true)
      return [
        finding(call, 'unreadable-call', 'method and path of a call have to be plain texts, or nobody can check it'),
      ];
    const operation = operations.find((o) => o.path === call.path && o.method.toUpperCase() === call.method);
    if (!operation)
      return [finding(call, 'unknown-operation', `the contract has no ${call.method ?? ''} ${call.path ?? ''}`)];
    called.add(operation);
    return compareCall({ root, operation, call });
  });
  return [...found, ...strayCalls(others), ...uncalled(operations, called)];
};

const strayCalls = (others: SeenCalls['others']): readonly Finding[] =>
  others
    .filter(({ file }) => !MAY_FETCH.has(file))
    .map((place) =>
      finding(place, 'stray-call', 'this reaches the network beside the client, where nothing is checked'),
    );

const uncalled = (operations: readonly Operation[], called: ReadonlySet<Operation>): readonly Finding[] =>
  operations
    .filter((o) => !called.has(o))
    .map((o) => ({
      rule: 'uncalled-operation',
      severity: 'warning',
      message: `nothing calls ${o.method.toUpperCase()} ${o.path}`,
    }));

const compareCall = (pair: Pair): readonly Finding[] => {
  const { call } = pair;
  const problems = [
    ...pathProblems(pair),
    ...queryProblems(pair),
    ...headerProblems(pair),
    ...bodyProblems(pair),
    ...answerProblems(pair),
  ];
  return problems.map((message) => finding(call, 'contract', `${call.method ?? ''} ${call.path ?? ''}: ${message}`));
};

const namesOf = (shape: SeenShape | undefined): readonly string[] => Object.keys(shape?.properties ?? {});

const pathProblems = ({ call }: Pair): readonly string[] => {
  const wanted = templateNames(call.path ?? '');
  const given = namesOf(call.parts?.['params']);
  return [
    ...wanted.filter((name) => !given.includes(name)).map((name) => `the path's {${name}} gets no value`),
    ...given.filter((name) => !wanted.includes(name)).map((name) => `the path has no {${name}}`),
  ];
};

const queryProblems = ({ root, operation, call }: Pair): readonly string[] => {
  const known = parametersOf(root, operation).filter((p) => p['in'] === 'query');
  const given = call.parts?.['query']?.properties ?? {};
  const odd = Object.entries(given).flatMap(([name, shape]) => {
    const parameter = known.find((p) => p['name'] === name);
    return parameter
      ? compareShape(parameter['schema'], shape, { root, direction: 'sent', at: `query.${name}` })
      : [`the contract has no query parameter ${name}`];
  });
  const missing = known.filter((p) => p['required'] === true && !Object.hasOwn(given, String(p['name'])));
  return [...odd, ...missing.map((p) => `the query parameter ${String(p['name'])} is required and not sent`)];
};

const headerProblems = ({ root, operation, call }: Pair): readonly string[] => {
  const wants = parametersOf(root, operation).some(
    (p) => p['in'] === 'header' && String(p['name']).toLowerCase() === 'if-match',
  );
  const sends = call.parts?.['ifMatch'] !== undefined;
  if (wants === sends) return [];
  return [
    wants ? 'the contract requires If-Match, which is not sent' : 'If-Match is sent, which the contract does not know',
  ];
};

/** `application/json`, with parameters too, and what ends in `+json`. */
const JSON_MEDIA = /^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i;

const jsonSchema = (root: JsonObject, body: JsonObject | undefined): Json | undefined => {
  const content = body?.['content'];
  if (!isObject(content)) return undefined;
  const media = Object.keys(content).find((name) => JSON_MEDIA.test(name));
  return media === undefined ? undefined : deref(root, content[media])?.['schema'];
};

const bodyProblems = ({ root, operation, call }: Pair): readonly string[] => {
  const body = deref(root, operation.node['requestBody']);
  const sent = call.parts?.['body'];
  if (!body) return sent ? ['a body is sent, which the contract does not take'] : [];
  if (!sent) return body['required'] === true ? ['the contract requires a body, which is not sent'] : [];
  return compareShape(jsonSchema(root, body), sent, { root, direction: 'sent', at: 'body' });
};

const answerProblems = ({ root, operation, call }: Pair): readonly string[] => {
  const responses = operation.node['responses'];
  const status = isObject(responses) ? Object.keys(responses).find((code) => /^2/.test(code)) : undefined;
  if (status === undefined || !isObject(responses)) return ['the contract says nothing of success'];
  const schema = jsonSchema(root, deref(root, responses[status]));
  if (!call.answer) return ['the type of the answer could not be read'];
  const isNothing = call.answer.kinds.every((kind) => kind === 'undefined');
  if (schema === undefined) return isNothing ? [] : [`the contract answers ${status} without a body`];
  if (isNothing) return [`the contract answers ${status} with a body, the type here says there is none`];
  return compareShape(schema, call.answer, { root, direction: 'received', at: 'answer' });
};
