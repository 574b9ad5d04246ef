export { createAnthropicClient, type AnthropicClientOptions } from './anthropic-client.js';
export { ClaudeRole, type ClaudeOptions } from './claude-role.js';
export { CallDesk, type DeskParts } from './call-desk.js';
export { resultOf } from './call-outcome.js';
export { Conversation } from './conversation.js';
export { fenced } from './fence.js';
export * from './model-client.port.js';
export {
  factsOf,
  judgeOf,
  KNOWN_MODELS,
  modelFor,
  modelOf,
  costOf,
  type ModelChoices,
  type ModelTask,
} from './model-catalog.js';
export { ProviderGate, ProviderBusy } from './provider-gate.js';
export { RecordedCalls } from './recorded-calls.js';
