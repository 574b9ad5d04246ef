import { describe, expect, it } from '@jest/globals';
import { parseRequirements } from './index.js';

const LONG = 200_000;

/** Each would take minutes or more with one regex that backtracks, or one list that is searched for every line. */
const INPUTS: Readonly<Record<string, string>> = {
  'spaces inside a heading': `### RF001: a${' '.repeat(LONG)}b`,
  stars: '*'.repeat(LONG),
  'an unclosed bold': `- **${'a'.repeat(LONG)}`,
  pipes: `${'|'.repeat(LONG)}\n|---|\n`,
  hashes: `### x ${'#'.repeat(LONG)} RF`,
  digits: `### RF${'1'.repeat(LONG)}`,
  'dotted numbers': `### RF1${'.1'.repeat(LONG / 2)}`,
  'an actor without end': `### RF1: x\nComo um ${'a'.repeat(LONG)}`,
  'colons after a status': `### RF1: x\nstatus${':'.repeat(LONG)}`,
  'line breaks in a cell': `| ID | Título |\n|---|---|\n| RF1 | ${'<br '.repeat(LONG / 4)} |`,
  'ranges of mentions': `### RF001: x\n${'RF002-RF090 '.repeat(8_000)}`,
  'repeated ids': '### RF001: x\n\ntext\n'.repeat(3_000),
  'a criterion of many parts': `### RF1: x\n**Acceptance criteria**:\n- a\n${'  - b\n'.repeat(12_000)}`,
  'a scenario of many steps': `### RF1: x\nDado a\n${'E b\n'.repeat(12_000)}`,
  'many acceptance sections': `### RF001: x\n${'# Acceptance criteria\n- [ ] a\n'.repeat(3_000)}`,
  'many features': `# Features\n${'- **A** b\n'.repeat(5_000)}`,
  'many feature sections': '# Features\n- a\n'.repeat(4_000),
  'blank lines': `- RF001: a\n${'\n'.repeat(60_000)}x`,
};

describe('hostile input', () => {
  it.each(Object.entries(INPUTS))('%s cost linear time', (name, text) => {
    const from = performance.now();
    const result = parseRequirements({ name, bytes: new TextEncoder().encode(text) });
    expect(['parsed', 'rejected']).toContain(result.kind);
    expect(performance.now() - from).toBeLessThan(60_000);
  });
});
