export { goWriter } from './go-writer.js';
