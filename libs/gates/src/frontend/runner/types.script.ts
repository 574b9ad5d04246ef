/** Runs inside the sandbox as `.gates/types.mjs`. */
export const typesScript = `// tsc --noEmit, by its API, with what an earlier run of the same files left behind.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

const root = process.cwd();
const ts = createRequire(join(root, 'package.json'))('typescript');

const finding = (diagnostic) => {
  const place = diagnostic.file && diagnostic.start !== undefined;
  const line = place ? diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line + 1 : 1;
  return {
    path: diagnostic.file ? relative(root, diagnostic.file.fileName) : 'tsconfig.json',
    line,
    rule: \`TS\${diagnostic.code}\`,
    severity: diagnostic.category === ts.DiagnosticCategory.Error ? 'error' : 'warning',
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
  };
};

const stateFile = (name) => join(root, \`.gates/\${name}.buildinfo\`);

const config = (name) => {
  const problems = [];
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (d) => problems.push(d) };
  const forced = { noEmit: true, incremental: true, tsBuildInfoFile: stateFile(name) };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(root, name), forced, host);
  return { parsed, problems: [...problems, ...(parsed?.errors ?? [])] };
};

const check = (name, shared) => {
  const { parsed, problems } = config(name);
  if (!parsed || problems.length > 0) return { findings: problems.map(finding), files: 0 };
  const { options, fileNames } = parsed;
  const host = ts.createIncrementalCompilerHost(options);
  const builder = ts.createIncrementalProgram({ rootNames: fileNames, options, host });
  const found = [
    ...builder.getOptionsDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ];
  builder.emit();
  shared.ts ??= ts;
  shared.program ??= builder.getProgram();
  return { findings: found.map(finding), files: fileNames.length };
};

export default ({ plan, shared }) => {
  const reports = plan.tsconfigs.map((name) => check(name, shared));
  const state = ts.sys.fileExists(stateFile(plan.tsconfigs[0])) ? readFileSync(stateFile(plan.tsconfigs[0]), 'utf8') : undefined;
  return { findings: reports.flatMap((r) => r.findings), files: reports.reduce((sum, r) => sum + r.files, 0), state };
};
`;
