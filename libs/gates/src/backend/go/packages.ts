import type { GateInput } from '@squados/agent-runtime';
import { encodeToken } from '@squados/contracts';
import { FOLDER } from '../shared/gate-parts.port.js';

const EVERYTHING = ['./internal/...'];
/** The composition: its tests hold routes and JSON fields to the contract. */
const CONTRACT = './internal/app';
const NAMED = /`(\.\/internal\/[a-z0-9]+)`/g;

/**
 * The packages whose tests run, and those whose statements count. Quick: those that the card's note names, and the contract's;
 * full (the profile, or the card that stands for the product), or where the note names none: all.
 */
export const packagesOf = (
  { files, task }: GateInput,
  scope: 'quick' | 'full',
): { readonly tested: readonly string[]; readonly covered: readonly string[] } => {
  const note = files.get(`${FOLDER}cards/${encodeToken(task.card.id)}.md`) ?? '';
  const named = [...new Set([...note.matchAll(NAMED)].map((match) => match[1] ?? ''))];
  if (scope === 'full' || named.length === 0) return { tested: EVERYTHING, covered: EVERYTHING };
  return { tested: [...named, CONTRACT], covered: named };
};
