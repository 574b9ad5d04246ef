export { readDesign, type Design, type DesignLookup } from './read-design.js';
