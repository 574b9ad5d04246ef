export { describeStreamingContract, type StreamingHarness } from './streaming.contract.js';
