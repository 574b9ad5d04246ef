import { hashBytes } from '@squados/artifacts';

const ID_LENGTH = 16;
/** Characters; of a longer text the beginning is shown. */
export const MOST_FENCED = 60_000;

/**
 * Text from outside as data that a model can tell from instructions. The fence carries a digest of the text, which the text itself
 * can't hold: nothing inside can close it.
 */
export const fenced = (label: string, text: string, most = MOST_FENCED): string => {
  const kept = text.length > most ? `${text.slice(0, most)}\n[cut here: ${text.length - most} more characters]` : text;
  const id = hashBytes(new TextEncoder().encode(kept)).slice(0, ID_LENGTH);
  return `<data id="${id}" label="${label.replaceAll(/[^\p{L}\p{N} ._/#-]/gu, ' ').slice(0, 200)}">\n${kept}\n</data id="${id}">`;
};
