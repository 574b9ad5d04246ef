import { checkConversation } from './check-conversation.js';
import { schemaFault } from './check-schema.js';
import { STUB_MODELS, type StubModel } from './stub-models.js';
import {
  blocksOf,
  invalid,
  isObject,
  listOf,
  type Json,
  type WireError,
  type WireMessage,
  type WireRequest,
} from './wire.js';

export type Checked =
  | { readonly kind: 'sound'; readonly request: WireRequest; readonly model: StubModel }
  | { readonly kind: 'refused'; readonly error: WireError };

const FIELDS = new Set([
  'model',
  'max_tokens',
  'messages',
  'cache_control',
  'container',
  'diagnostics',
  'inference_geo',
  'metadata',
  'output_config',
  'service_tier',
  'speed',
  'stop_sequences',
  'stream',
  'system',
  'thinking',
  'tool_choice',
  'tools',
]);
/** Gone since API version 2026-10-21. */
const SAMPLING = ['temperature', 'top_p', 'top_k'];
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,128}$/;

type Rule = (body: Json, model: StubModel) => string | undefined;

const unknownField: Rule = (body) => {
  const sampling = SAMPLING.find((name) => name in body);
  if (sampling) return `${sampling}: this parameter is not supported in this API version`;
  const stranger = Object.keys(body).find((name) => !FIELDS.has(name));
  return stranger === undefined ? undefined : `${stranger}: Extra inputs are not permitted`;
};

const maxTokens: Rule = (body, model) => {
  const value = body['max_tokens'];
  if (value === undefined) return 'max_tokens: Field required';
  if (!Number.isInteger(value) || (value as number) < 0) return 'max_tokens: Input should be a valid integer';
  if ((value as number) > model.maxOutputTokens)
    return `max_tokens: ${value} > ${model.maxOutputTokens}, which is the maximum allowed number of output tokens for ${body['model']}`;
  return undefined;
};

const tools: Rule = (body) => {
  const names = new Set<string>();
  for (const [at, tool] of listOf(body['tools']).entries()) {
    const fault = toolFault(tool, `tools.${at}`, names);
    if (fault) return fault;
  }
  return undefined;
};

const toolFault = (tool: unknown, path: string, names: Set<string>): string | undefined => {
  if (!isObject(tool)) return `${path}: Input should be an object`;
  const name = tool['name'];
  if (typeof name !== 'string' || !TOOL_NAME.test(name)) return `${path}.name: String should match pattern`;
  if (names.has(name)) return 'tools: Tool names must be unique.';
  names.add(name);
  const schema = tool['input_schema'];
  if (!isObject(schema) || schema['type'] !== 'object') return `${path}.input_schema.type: Input should be 'object'`;
  return tool['strict'] === true ? schemaFault(schema, `${path}.input_schema`) : undefined;
};

const toolChoice: Rule = (body, model) => {
  const choice = body['tool_choice'];
  if (choice === undefined) return undefined;
  if (!isObject(choice)) return 'tool_choice: Input should be an object';
  if (listOf(body['tools']).length === 0) return 'tool_choice: tool_choice may only be specified while providing tools';
  const names = listOf(body['tools']).map((tool) => (isObject(tool) ? tool['name'] : undefined));
  if (choice['type'] === 'tool' && !names.includes(choice['name']))
    return `tool_choice: Tool '${String(choice['name'])}' not found in provided tools`;
  const forced = choice['type'] === 'any' || choice['type'] === 'tool';
  return forced && model.alwaysThinks
    ? `tool_choice: forced tool use is not supported on ${body['model']}; use 'auto' or 'none'`
    : undefined;
};

const thinking: Rule = (body, model) => {
  const config = body['thinking'];
  if (config === undefined) return undefined;
  const type = isObject(config) ? String(config['type']) : '';
  if (model.thinking.includes(type)) return undefined;
  return `"thinking.type.${type}" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.`;
};

const outputConfig: Rule = (body) => {
  const config = body['output_config'];
  if (config === undefined) return undefined;
  if (!isObject(config)) return 'output_config: Input should be an object';
  const effort = config['effort'];
  if (effort !== undefined && effort !== null && !EFFORTS.includes(effort as string))
    return `output_config.effort: Input should be ${EFFORTS.map((word) => `'${word}'`).join(', ')}`;
  const format = config['format'];
  if (format === undefined || format === null) return undefined;
  if (!isObject(format) || format['type'] !== 'json_schema')
    return "output_config.format.type: Input should be 'json_schema'";
  return schemaFault(format['schema'], 'output_config.format.schema');
};

const system: Rule = (body) =>
  body['system'] !== undefined &&
  blocksOf(body['system']).some((block) => block.type !== 'text' || block['text'] === '')
    ? 'system: text content blocks must be non-empty'
    : undefined;

const RULES: readonly Rule[] = [unknownField, maxTokens, system, tools, toolChoice, thinking, outputConfig];

/** Holds a body to what the documentation of the Messages API demands. */
export const checkRequest = (body: unknown): Checked => {
  if (!isObject(body)) return refused(invalid('The request body is not valid JSON'));
  if (/\p{Cs}/u.test(textsIn(body)))
    return refused(invalid('The request body is not valid JSON: no low surrogate in string'));
  if (typeof body['model'] !== 'string') return refused(invalid('model: Field required'));
  const model = STUB_MODELS[body['model']];
  if (!model) return refused({ status: 404, type: 'not_found_error', message: `model: ${body['model']}` });
  for (const rule of RULES) {
    const message = rule(body, model);
    if (message) return refused(invalid(message));
  }
  const request = requestOf(body);
  const fault = checkConversation(request);
  return fault ? refused(invalid(fault)) : { kind: 'sound', request, model };
};

/** Every text of a body as it is: JSON would write half a character as an escape. */
const textsIn = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const parts = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return parts.map(textsIn).join('\n');
};

const refused = (error: WireError): Checked => ({ kind: 'refused', error });

const requestOf = (body: Json): WireRequest => ({
  model: body['model'] as string,
  maxTokens: body['max_tokens'] as number,
  stream: body['stream'] === true,
  tools: listOf(body['tools']) as readonly Json[],
  system: blocksOf(body['system'] ?? []),
  messages: listOf(body['messages']).map((message): WireMessage => ({
    role: (message as WireMessage).role,
    content: blocksOf((message as Json)['content']),
  })),
  body,
});
