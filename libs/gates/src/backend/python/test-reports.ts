/** Tests of a JUnit report: how many, and how many passed in each file. */
export interface TestResults {
  readonly tests: number;
  readonly failed: number;
  readonly skipped: number;
  /** `tests/unit/test_book_rules.py` → tests that passed. */
  readonly byFile: ReadonlyMap<string, number>;
}

const CASE = /<testcase classname="([^"]*)" [^>]*?(\/>|>([\s\S]*?)<\/testcase>)/g;

/** pytest names a file as a module, with the class behind it: `tests.unit.test_book_rules.TestBook`. */
const fileOf = (classname: string): string => {
  const parts = classname.split('.');
  const end = parts.findIndex((part) => part.startsWith('test_'));
  return `${parts.slice(0, end === -1 ? parts.length : end + 1).join('/')}.py`;
};

/** What a JUnit report counts; nothing in it counts as no test at all. */
export const resultsIn = (report: string): TestResults => {
  const suite = /<testsuite [^>]*>/.exec(report)?.[0] ?? '';
  const number = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const byFile = new Map<string, number>();
  for (const [, classname = '', , inside = ''] of report.matchAll(CASE)) {
    if (/<(?:failure|error|skipped)\b/.test(inside)) continue;
    const file = fileOf(classname);
    byFile.set(file, (byFile.get(file) ?? 0) + 1);
  }
  return {
    tests: number('tests'),
    failed: number('failures') + number('errors'),
    skipped: number('skipped'),
    byFile,
  };
};

export interface FileCoverage {
  readonly path: string;
  readonly statements: number;
  readonly covered: number;
  readonly missing: readonly number[];
}

interface CoverageEntry {
  readonly summary: { readonly num_statements: number; readonly covered_lines: number };
  readonly missing_lines: readonly number[];
}

/** What coverage.py wrote down, file by file. */
export const coverageIn = (json: string | undefined): readonly FileCoverage[] => {
  const files = (JSON.parse(json ?? '{}') as { files?: Record<string, CoverageEntry> }).files ?? {};
  return Object.entries(files).map(([path, { summary, missing_lines }]) => ({
    path,
    statements: summary.num_statements,
    covered: summary.covered_lines,
    missing: missing_lines,
  }));
};

/** Percent of the statements that tests execute; 0 where there is none. */
export const percentOf = (files: readonly FileCoverage[]): number => {
  const statements = files.reduce((sum, file) => sum + file.statements, 0);
  const covered = files.reduce((sum, file) => sum + file.covered, 0);
  return statements === 0 ? 0 : (100 * covered) / statements;
};
