import { percentile } from '../kills/seeded.js';
import type { State } from './gate-kills.js';
import type { Hit } from './life.js';

export interface Found {
  readonly differences: readonly string[];
  readonly torn: readonly string[];
  readonly extra: readonly string[];
  readonly deployments: number;
  readonly verify: number;
}

const WANTED = 20;
const WHOM = { squados: 'the whole run', launcher: 'the launcher of the sandbox', program: 'what it names' } as const;

const row = (hit: Hit, i: number): string => {
  const gone = hit.goneMs === undefined ? '' : `${hit.processes} in ${hit.goneMs.toFixed(0)} ms`;
  return `| ${i + 1} | ${hit.target} | ${WHOM[hit.victim]} | ${hit.inProgress.join(', ')} | ${hit.programs.join(', ')} | ${gone} |`;
};

const count = (hits: readonly Hit[], of: (hit: Hit) => readonly string[]): number => hits.flatMap(of).length;

export const reportOf = (
  state: State,
  found: Found,
  { seed, cards }: { readonly seed: string; readonly cards: number },
): { readonly text: string; readonly isSound: boolean } => {
  const { hits, supervisors, calmCode, calmSeconds, code } = state;
  const gone = hits.flatMap((hit) => hit.goneMs ?? []);
  const faults = {
    orphans: count(hits, (hit) => hit.orphans),
    remains: count(hits, (hit) => hit.remains),
    torn: count(hits, (hit) => hit.torn) + found.torn.length,
  };
  const lines = [
    `# ${hits.length} SIGKILLs in the middle of gates and of DEPLOY`,
    '',
    `\`node tools/bench-bundle.mjs bench/gate-kills/gate-kills.ts --seed ${seed}\`: a document of one requirement, ${cards} cards, from the`,
    `document to the product that answers, beside whatever else the machine did. Undisturbed: ${calmSeconds.toFixed(0)} s, exit ${calmCode}; killed run: exit ${code} after its last resume.`,
    '',
    '| | |',
    '|---|---|',
    `| processes that lived on after a kill of the run | ${faults.orphans} |`,
    `| kill → nothing of the run lives, p50 / max | ${percentile(gone, 0.5).toFixed(0)} / ${percentile(gone, 1).toFixed(0)} ms |`,
    `| folders and control groups of sandboxes left | ${faults.remains} |`,
    `| artifacts whose bytes are not their hash, after any kill | ${faults.torn} |`,
    `| files in the folder that an undisturbed run has not | ${found.extra.length} |`,
    `| deployments recorded; most supervisors at once | ${found.deployments}; ${supervisors} |`,
    `| cards whose attempts, ends, verdicts or artifacts (but for ports and measured times) differ | ${found.differences.length} of ${cards} |`,
    `| \`squados events --verify\` | exit ${found.verify} |`,
    '',
    '| | killed at | who was killed | in progress | running | processes, and how long until all were gone |',
    '|---|---|---|---|---|---|',
    ...hits.map(row),
    ...[...found.differences, ...found.extra].slice(0, 20).map((line) => `\n- ${line}`),
  ];
  const isSound =
    hits.length >= WANTED &&
    Object.values(faults).every((faulty) => faulty === 0) &&
    found.extra.length + found.differences.length + found.verify === 0 &&
    found.deployments === 1 &&
    supervisors === 1 &&
    code === calmCode;
  return { text: lines.join('\n'), isSound };
};
