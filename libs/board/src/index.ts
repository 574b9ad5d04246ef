export type * from './board.types.js';
export type * from './catalog/catalog.types.js';
