import type { Block, BlockOf } from '../text/markdown.js';

/** `registrar uma adoção, incluindo:`, `with the following fields:`: the items nested below are what it is made of. */
const OPENS =
  /(?:\b(?:seguintes|following)\s+(?:informaç|campos|dados|atributos|fields|attributes|information|data|details)[^:]*|\b(?:incluindo|informando|contendo|including|containing|providing|specifying)):$/iu;

type Item = BlockOf<'item'>;

const opens = (block: Block): block is Item => block.kind === 'item' && OPENS.test(block.text);

/** Gives items below one that announces fields the label that a list of fields has. */
export const withNestedFields = (blocks: readonly Block[]): readonly Block[] => {
  let over: Item | undefined;
  return blocks.map((block) => {
    if (block.kind !== 'item' || (over && block.indent <= over.indent)) over = undefined;
    const nested = over && block.kind === 'item' ? { ...block, section: 'fields' } : block;
    if (opens(block)) over = block;
    return nested;
  });
};
