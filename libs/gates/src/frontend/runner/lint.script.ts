/** Runs inside the sandbox as `.gates/lint.mjs`. */
export const lintScript = `// eslint with the project's own configuration, over the program that the types were checked with.
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

const root = process.cwd();
const { ESLint } = createRequire(join(root, 'package.json'))('eslint');

const findingsOf = ({ filePath, messages }) =>
  messages.map(({ line, ruleId, severity, message }) => ({
    path: relative(root, filePath),
    line: line ?? 1,
    ...(ruleId ? { rule: ruleId } : {}),
    severity: severity === 2 ? 'error' : 'warning',
    message,
  }));

/** The program is there already: eslint need not make one of its own. Stories are no part of it. */
const overTypes = (program) => ({
  files: ['src/**/*.{ts,tsx}'],
  ignores: ['**/*.stories.tsx'],
  languageOptions: { parserOptions: { programs: [program], projectService: false } },
});

export default async ({ plan, shared }) => {
  const eslint = new ESLint({
    cwd: root,
    ...(plan.configFile ? { overrideConfigFile: join(root, plan.configFile) } : {}),
    overrideConfig: shared.program ? [overTypes(shared.program)] : [],
  });
  const results = plan.lint.length > 0 ? await eslint.lintFiles(plan.lint) : [];
  return { findings: results.flatMap(findingsOf), files: results.length };
};
`;
