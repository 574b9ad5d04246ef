import type { Part } from '../authored/authored-project.js';

export interface Row {
  readonly id: string;
  readonly part: Part;
  readonly title: string;
  /** Which gate had to stop it; absent for a clean twin. */
  readonly wanted?: string;
  /** Every gate that failed. */
  readonly failed: readonly string[];
  readonly referred: readonly string[];
  readonly isRight: boolean;
  readonly says: string;
}

const cell = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/([\\`*_[\]<>|])/g, '\\$1')
    .slice(0, 260);

const defectLine = (row: Row): string => {
  const also = row.failed.filter((gate) => gate !== row.wanted);
  return `| ${row.id} | ${row.part} | ${cell(row.title)} | ${row.isRight ? '' : '**missed:** '}${row.wanted ?? ''} | ${cell(row.says)} | ${also.join(', ')} |`;
};

const cleanLine = (row: Row): string =>
  `| ${row.part} | ${row.isRight ? 'no alarm' : '**false alarm**'} | ${cell(row.says)} | ${row.referred.join(', ')} |`;

export const reportOf = (rows: readonly Row[], open: number): string => {
  const defects = rows.filter((row) => row.wanted !== undefined);
  const clean = rows.filter((row) => row.wanted === undefined);
  const stopped = defects.filter((row) => row.isRight).length;
  return [
    '# Planted defects',
    '',
    'One defect at a time in what the offline authors write for `bench/defects/tool-shed.en.md`, through the gates of its card and, for code,',
    "QA's after it: the same call that an agent makes (profile quick). Made by `node bench/defects/run.mjs`.",
    '',
    `**${stopped} of ${defects.length} stopped by the right gate with the right words; ${clean.filter((row) => !row.isRight).length} alarms on ${clean.length} clean twins.**${open > 0 ? ` ${open} not run yet.` : ''}`,
    '',
    '| | Where | Defect | Gate that stopped it | Its words | Other gates that failed |',
    '| --- | --- | --- | --- | --- | --- |',
    ...defects.map(defectLine),
    '',
    '## Clean twins',
    '',
    '| Part | Outcome | Verdicts | Could not be checked here |',
    '| --- | --- | --- | --- |',
    ...clean.map(cleanLine),
    '',
  ].join('\n');
};
