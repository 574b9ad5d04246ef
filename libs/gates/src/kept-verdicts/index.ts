export { digestOf, reachedFrom, type Edges } from './closures.js';
export { KeptVerdicts, type Kept } from './kept-verdicts.js';
export { nameOfRun, runsEverything, standsForProduct } from './stands-for-product.js';
