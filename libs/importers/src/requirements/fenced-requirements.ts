import type { DocumentLine } from './document-lines.js';
import { leadingId } from './requirement-id.js';

const PROSE: ReadonlySet<string> = new Set(['', 'text', 'txt', 'plaintext', 'plain']);
const DUTY = /\b(?:must|shall|should|can|will|may|deve(?:m|rá|rão)?|pode(?:m|rá)?|permite|permitir)(?![\p{L}])/iu;
const FEWEST = 2;

/** `FR-001  The system shall …`, as an item of a list. */
const asItem = (line: DocumentLine): DocumentLine | undefined => {
  const id = line.kind === 'code' ? leadingId(line.body) : undefined;
  if (!id || !DUTY.test(id.rest)) return undefined;
  return { ...line, kind: 'item', body: `${id.id}: ${id.rest}` };
};

const asText = (line: DocumentLine): DocumentLine => ({ ...line, kind: line.body === '' ? 'blank' : 'text' });

/** Lines of one fence with its two marks: a list where most of them are requirements with an id, else as they stand. */
const listed = (fence: readonly DocumentLine[]): readonly DocumentLine[] => {
  const said = fence.filter((line) => line.kind === 'code' && line.body !== '');
  const items = said.filter((line) => asItem(line) !== undefined).length;
  if (items < FEWEST || items * 2 < said.length) return fence;
  return fence.map((line) =>
    line.kind === 'fence' ? { ...line, kind: 'blank', body: '' } : (asItem(line) ?? asText(line)),
  );
};

/** Requirements that stand in a fence of plain text, as a list of them. */
export const withFencedRequirements = (lines: readonly DocumentLine[]): readonly DocumentLine[] => {
  const all: DocumentLine[] = [];
  let fence: DocumentLine[] = [];
  for (const line of lines) {
    if (fence.length === 0 && !(line.kind === 'fence' && PROSE.has(line.info ?? ''))) {
      all.push(line);
      continue;
    }
    fence.push(line);
    if (line.kind === 'code' || fence.length === 1) continue;
    all.push(...listed(fence));
    fence = [];
  }
  return [...all, ...fence];
};
