export { attack, HOSTILE, layPrey, type Attack, type Hostile } from './hostile/index.js';
