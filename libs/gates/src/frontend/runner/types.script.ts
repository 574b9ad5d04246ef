/** Runs inside the sandbox as `.gates/types.mjs`. */
export const typesScript = `// tsc --noEmit, by its API. In a process that serves several projects, one after the other, it keeps what it parsed of the same
// bytes under the same settings, and the program before, as \`tsc --watch\` does: what a change reaches is checked again.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
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

const config = (name) => {
  const problems = [];
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (d) => problems.push(d) };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(root, name), { noEmit: true, incremental: false, composite: false, tsBuildInfoFile: undefined }, host);
  return { parsed, problems: [...problems, ...(parsed?.errors ?? [])] };
};

const sha = (text) => createHash('sha256').update(text).digest('hex');
const packageJson = () => (existsSync(join(root, 'package.json')) ? readFileSync(join(root, 'package.json'), 'utf8') : '');

/** Other settings: nothing is kept. */
const memoryFor = (shared, name, options) => {
  const key = JSON.stringify([name, options, packageJson()]);
  if (shared.memory?.key !== key) shared.memory = { key, parsed: new Map(), builder: undefined };
  return shared.memory;
};

const isPinned = (path) => path.startsWith(join(root, 'node_modules') + '/') || !path.startsWith(root);

const hostOf = (options, memory) => {
  const base = ts.createCompilerHost(options, true);
  const parse = (path, text, rest) => {
    const file = base.getSourceFile(path, ...rest);
    if (file) file.version = sha(text);
    memory.parsed.set(path, { text, file });
    return file;
  };
  return {
    ...base,
    createHash: sha,
    hasInvalidatedResolutions: (path) => !isPinned(path),
    getSourceFile: (path, ...rest) => {
      const known = memory.parsed.get(path);
      if (known && isPinned(path)) return known.file;
      const text = base.readFile(path);
      if (text === undefined) return undefined;
      return known?.text === text ? known.file : parse(path, text, rest);
    },
  };
};

const check = (name, shared) => {
  const { parsed, problems } = config(name);
  if (!parsed || problems.length > 0) return { findings: problems.map(finding), files: 0 };
  const { options, fileNames } = parsed;
  const memory = memoryFor(shared, name, options);
  const builder = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, hostOf(options, memory), memory.builder);
  const found = [
    ...builder.getOptionsDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ];
  memory.builder = builder;
  shared.ts ??= ts;
  shared.program ??= builder.getProgram();
  return { findings: found.map(finding), files: fileNames.length };
};

export default ({ plan, shared }) => {
  shared.program = undefined;
  const reports = plan.tsconfigs.map((name) => check(name, shared));
  return { findings: reports.flatMap((r) => r.findings), files: reports.reduce((sum, r) => sum + r.files, 0) };
};
`;
