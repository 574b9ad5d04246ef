import type { TextFile } from '../pool/job.js';
import { readMarkdown } from '../markdown/blocks.js';

/** One diagram and where its first line stands in its file. */
export interface Diagram {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly closed: boolean;
}

/** A `.mmd` file is one diagram; a Markdown file holds one per ```mermaid block. */
export const diagramsOf = ({ path, text }: TextFile): readonly Diagram[] => {
  if (!/\.md$/i.test(path)) return [{ path, line: 1, text, closed: true }];
  const blocks = readMarkdown(text).blocks.filter((block) => block.language === 'mermaid');
  return blocks.map(({ line, text: diagram, closed }) => ({ path, line, text: diagram, closed }));
};

const frontMatterLines = (lines: readonly string[]): number => {
  if (lines[0]?.trim() !== '---') return 0;
  const end = lines.findIndex((line, i) => i > 0 && line.trim() === '---');
  return end === -1 ? 0 : end + 1;
};

/** Mermaid takes front matter, comments and leading blank lines out before it counts: this maps its line back to ours (from 0). */
export const originalLine = (text: string, reported: number): number => {
  const lines = text.split('\n');
  const start = frontMatterLines(lines);
  const kept = lines.map((line, i) => ({ line, i })).filter(({ line, i }) => i >= start && !/^\s*%%(?!\{)/.test(line));
  const first = kept.findIndex(({ line }) => line.trim() !== '');
  return kept[Math.max(0, first) + reported - 1]?.i ?? Math.max(0, lines.length - 1);
};
