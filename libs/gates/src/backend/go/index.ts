export { createGoGates } from './create-go-gates.js';
