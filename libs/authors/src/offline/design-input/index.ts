export { readDesign, type Design, type DesignLookup } from './read-design.js';
export { readModel, type ModelRead } from './read-model.js';
