import { importBacklog, type Problem } from '@squados/importers';
import { planContract } from '@squados/importers/contracts';
import { planSchema } from '@squados/importers/schemas';
import { parseRequirements } from '@squados/importers/requirements';
import type { CliContext } from '../cli-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { contractFaults, CORRECT_IT } from '../input/contract-faults.js';
import { warningsOf } from '../input/contract.js';
import { isBacklog, isContract, isSchema } from '../input/detect-input.js';
import { schemaWarnings } from '../input/schema.js';
import { readInputFile, type InputFile } from '../input/input-file.js';
import { SOLO_AGENTS } from '../solo/solo-agents.js';
import { counted } from '../terminal/counted.js';
import { shorten } from '../terminal/sanitize.js';
import { table } from '../terminal/table.js';

export interface ValidateOptions {
  readonly json?: boolean;
  readonly lenient?: boolean;
}

interface Finding {
  readonly file: string;
  readonly place: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

interface Report {
  readonly file: string;
  readonly kind: 'backlog' | 'requirements' | 'contract' | 'schema';
  readonly sound: boolean;
  readonly summary: string;
  readonly problems: readonly Finding[];
  readonly warnings: readonly string[];
}

/** Prints every problem of every file; exit code 2 when there is one that `run` would refuse. */
export const validateInput = async (
  context: CliContext,
  given: readonly string[],
  options: ValidateOptions,
): Promise<ExitCode> => {
  const files = await Promise.all(given.map((name) => readInputFile(context.cwd, name)));
  const reports = await Promise.all(files.map((file) => reportOf(file, options.lenient === true)));
  const { terminal } = context;
  if (options.json) terminal.out(JSON.stringify({ files: reports }, undefined, 2));
  else for (const line of reports.flatMap((report) => reportLines(report, terminal.columns))) terminal.out(line);
  return reports.every((report) => report.sound) ? EXIT.done : EXIT.input;
};

const reportOf = async (file: InputFile, lenient: boolean): Promise<Report> => {
  if (isContract(file)) return contractReport(file);
  if (isSchema(file)) return schemaReport(file);
  return isBacklog(file) ? backlogReport(file, lenient) : documentReport(file);
};

const placeOf = ({ place }: Problem): string => {
  const line = place.line === undefined ? '' : `${place.line}:${place.column ?? 1}`;
  return [line, place.card ?? (place.index === undefined ? '' : `card no. ${place.index + 1}`)]
    .filter((part) => part !== '')
    .join(' ');
};

const finding = (problem: Problem): Finding => ({
  file: problem.file,
  place: placeOf(problem),
  code: problem.code,
  message: problem.message,
  remedy: problem.remedy,
});

const backlogReport = (file: InputFile, lenient: boolean): Report => {
  const result = importBacklog(file.bytes, { file: file.given, lenient, knownAgents: SOLO_AGENTS });
  const base = { file: file.given, kind: 'backlog' as const };
  if (result.kind === 'rejected') {
    return {
      ...base,
      sound: false,
      summary: counted(result.problems.length, 'problem'),
      problems: result.problems.map(finding),
      warnings: [],
    };
  }
  const edges = result.cards.reduce((n, card) => n + card.dependencies.length, 0);
  const left =
    result.dropped.length > 0 ? `, ${counted(result.dropped.length, 'problem')} in what would be left out` : '';
  return {
    ...base,
    sound: true,
    summary: `${counted(result.cards.length, 'card')}, ${counted(edges, 'dependency')}${left}`,
    problems: result.dropped.map(finding),
    warnings: result.warnings,
  };
};

const documentReport = (file: InputFile): Report => {
  const result = parseRequirements({ name: file.given, bytes: file.bytes });
  const base = { file: file.given, kind: 'requirements' as const };
  if (result.kind === 'parsed') {
    const { requirements, form, language, warnings } = result.document;
    return {
      ...base,
      sound: true,
      summary: `${counted(requirements.length, 'requirement')} (${form}, ${language})`,
      problems: [],
      warnings,
    };
  }
  const problem = { file: file.given, place: '', code: result.code, message: result.message, remedy: result.remedy };
  return { ...base, sound: false, summary: 'not usable', problems: [problem], warnings: [] };
};

const INVALID = { place: '', code: 'contract-invalid', remedy: CORRECT_IT };

const contractReport = async (file: InputFile): Promise<Report> => {
  const planned = planContract(file.bytes, file.given);
  const base = { file: file.given, kind: 'contract' as const };
  if (planned.kind === 'refused') {
    const problem = {
      file: file.given,
      place: '',
      code: planned.code,
      message: planned.message,
      remedy: planned.remedy,
    };
    return { ...base, sound: false, summary: 'not usable', problems: [problem], warnings: planned.details ?? [] };
  }
  const faults = await contractFaults(file);
  const { operations, openapi, language } = planned.plan;
  const served = operations.filter((o) => o.support === 'served').length;
  return {
    ...base,
    sound: faults.length === 0,
    summary: `${served} of ${counted(operations.length, 'operation')} can be served (OpenAPI ${openapi}, ${language})`,
    problems: faults.map((message) => ({ ...INVALID, file: file.given, message })),
    warnings: warningsOf(planned.plan),
  };
};

const schemaReport = (file: InputFile): Report => {
  const planned = planSchema([{ name: file.given, bytes: file.bytes }]);
  const base = { file: file.given, kind: 'schema' as const };
  if (planned.kind === 'refused') {
    const { code, message, remedy } = planned;
    return {
      ...base,
      sound: false,
      summary: 'not usable',
      problems: [{ file: file.given, place: '', code, message, remedy }],
      warnings: [],
    };
  }
  const { tables, language } = planned.plan;
  const columns = tables.reduce((n, table) => n + table.columns.length + table.links.length, 0);
  return {
    ...base,
    sound: true,
    summary: `${counted(tables.length, 'table')} with ${counted(columns, 'column')} (SQL, ${language})`,
    problems: [],
    warnings: schemaWarnings(planned.plan),
  };
};

const reportLines = (report: Report, columns: number): readonly string[] => [
  `${report.file}: ${report.sound ? 'sound' : 'not sound'}: ${report.summary}`,
  ...report.warnings.map((warning) => `  warning: ${shorten(warning, 240)}`),
  ...(report.problems.length === 0 ? [] : problemLines(report, columns)),
];

const problemLines = (report: Report, columns: number): readonly string[] => {
  if (report.kind !== 'backlog')
    return report.problems.flatMap((p, i) => [
      `  ${p.message}`,
      ...(p.remedy === report.problems[i + 1]?.remedy ? [] : p.remedy.split('\n').map((line) => `  ${line}`)),
    ]);
  const width = Math.max(columns - 50, 40);
  return table(
    [{ title: 'PLACE' }, { title: 'FAULT' }, { title: 'WHAT AND WHAT TO DO' }],
    report.problems.map((p) => [
      shorten(p.place, 40),
      p.code,
      shorten(`${p.message}. ${p.remedy}`, Math.max(width, 160)),
    ]),
  );
};
