import type { Finding } from '@squados/contracts';
import { FOLDER } from '../shared/gate-parts.port.js';

export interface Coverage {
  readonly statements: number;
  readonly covered: number;
  /** Percent, to one decimal place, rounded down. */
  readonly percent: number;
  /** Files with statements that no test reached, the least covered first. */
  readonly gaps: readonly Finding[];
}

interface Block {
  readonly path: string;
  readonly line: number;
  readonly statements: number;
  readonly hit: boolean;
}

const BLOCK = /^(.+\.go):(\d+)\.\d+,\d+\.\d+ (\d+) (\d+)$/;

/** Blocks of a coverage profile; one that several packages' tests report counts once, and as hit if any hit it. */
const blocksOf = (profile: string): readonly Block[] => {
  const blocks = new Map<string, Block>();
  for (const text of profile.split('\n')) {
    const found = BLOCK.exec(text);
    if (!found) continue;
    const place = text.slice(0, text.lastIndexOf(' '));
    const block = blockOf(found.slice(1));
    blocks.set(place, { ...block, hit: block.hit || blocks.get(place)?.hit === true });
  }
  return [...blocks.values()];
};

const blockOf = ([file = '', line, statements, count]: readonly string[]): Block => ({
  path: file.slice(file.indexOf('/internal/') + 1),
  line: Number(line),
  statements: Number(statements),
  hit: count !== '0',
});

const sum = (blocks: readonly Block[]): number => blocks.reduce((n, b) => n + b.statements, 0);
const percentOf = (covered: number, all: number): number => (all === 0 ? 0 : Math.floor((covered * 1_000) / all) / 10);

/** Statements that tests reached, as `go tool cover -func` counts them. */
export const coverageOf = (profile: string): Coverage => {
  const blocks = blocksOf(profile);
  const hit = blocks.filter((b) => b.hit);
  const files = [...new Set(blocks.map((b) => b.path))].map((path) =>
    gapOf(
      path,
      blocks.filter((b) => b.path === path),
    ),
  );
  const gaps = files.filter((f) => f.percent < 100).sort((a, b) => a.percent - b.percent);
  return {
    statements: sum(blocks),
    covered: sum(hit),
    percent: percentOf(sum(hit), sum(blocks)),
    gaps: gaps.map((g) => g.finding),
  };
};

const gapOf = (path: string, blocks: readonly Block[]): { readonly percent: number; readonly finding: Finding } => {
  const missed = blocks.filter((b) => !b.hit);
  const percent = percentOf(sum(blocks) - sum(missed), sum(blocks));
  const lines = [...new Set(missed.map((b) => b.line))].sort((a, b) => a - b);
  const message = `${percent} % of its statements are reached; not reached from lines ${lines.slice(0, 12).join(', ')}`;
  const finding = { path: FOLDER + path, line: lines[0] ?? 1, rule: 'coverage', severity: 'warning', message } as const;
  return { percent, finding };
};
