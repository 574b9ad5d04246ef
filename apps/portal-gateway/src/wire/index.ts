/**
 * What travels between gateway and page. Types alone, so that the page takes nothing of the gateway into its bundle.
 * All text in it comes from documents, models and people: it is shown as text, never as markup.
 */
export type * from './board.wire.js';
export type * from './card.wire.js';
export type * from './feed.wire.js';
export type * from './intake.wire.js';
export type * from './problem.wire.js';
