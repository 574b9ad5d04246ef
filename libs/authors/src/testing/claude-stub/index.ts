export { ClaudeStub, type ClaudeStubOptions, type StubCall } from './claude-stub.js';
export * from './replies.js';
export * from './cassette.js';
export type { StubLimits } from './rate-limits.js';
export { STUB_MODELS, billedNanoUsd, type StubUsage } from './stub-models.js';
export type { WireRequest, WireBlock, WireMessage } from './wire.js';
