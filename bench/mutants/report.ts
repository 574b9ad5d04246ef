import type { Mutant } from './language.js';

export interface Judged {
  readonly language: string;
  readonly files: readonly { readonly path: string; readonly mutants: readonly Mutant[] | undefined }[];
}

export const killedOf = (mutants: readonly Mutant[]): number => mutants.filter((m) => m.killed).length;

export const mutantsIn = ({ files }: Judged): readonly Mutant[] => files.flatMap(({ mutants }) => mutants ?? []);

export const shareOf = (mutants: readonly Mutant[]): number =>
  mutants.length === 0 ? 0 : (100 * killedOf(mutants)) / mutants.length;

const cell = (text: string): string =>
  `\`${text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '\\|').slice(0, 70)}\``;

const overview = (judged: Judged): string => {
  const mutants = mutantsIn(judged);
  const open = judged.files.filter((file) => file.mutants === undefined).length;
  const killed = `${killedOf(mutants)} of ${mutants.length}, ${shareOf(mutants).toFixed(1)} %`;
  return `| ${judged.language} | ${judged.files.length - open} of ${judged.files.length} | ${killed} |`;
};

const fileLine = ({ path, mutants }: Judged['files'][number]): string => {
  if (mutants === undefined) return `| ${cell(path)} | not judged yet |`;
  return `| ${cell(path)} | ${mutants.length === 0 ? 'nothing to change' : `${killedOf(mutants)} of ${mutants.length}`} |`;
};

const survivorLine = (m: Mutant): string =>
  `| ${cell(`${m.path}:${m.line}`)} | ${m.change} | ${cell(m.was)} | ${cell(m.became)} |`;

const section = (judged: Judged): readonly string[] => [
  `## ${judged.language}`,
  '',
  '| File | Killed |',
  '| --- | --- |',
  ...judged.files.map(fileLine),
  '',
  `### Survivors: ${judged.language}`,
  '',
  '| Place | Change | Was | Became |',
  '| --- | --- | --- | --- |',
  ...mutantsIn(judged)
    .filter((m) => !m.killed)
    .map(survivorLine),
  '',
];

export const reportOf = (document: string, all: readonly Judged[]): string =>
  [
    '# Mutants of the generated code',
    '',
    `The code that the offline authors write for \`${document}\`, changed in five places of each source file, one at a time; each change is`,
    "judged in the sandbox by the code's own generated tests. The same places each time. Made by `node bench/mutants/run.mjs`.",
    '',
    '| Language | Source files judged | Killed |',
    '| --- | --- | --- |',
    ...all.map(overview),
    '',
    ...all.flatMap(section),
  ].join('\n');
