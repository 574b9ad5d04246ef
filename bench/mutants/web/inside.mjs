// Runs inside the sandbox: changes one place of one source at a time and asks the tests beside it whether they notice.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();
const require = createRequire(join(root, 'package.json'));
const ts = require('typescript');
const { runCLI } = require('jest');
const { files, perFile } = JSON.parse(readFileSync(join(root, 'mutants.json'), 'utf8'));

const { SyntaxKind: K } = ts;
const SWAPS = new Map([
  [K.EqualsEqualsEqualsToken, '!=='],
  [K.ExclamationEqualsEqualsToken, '==='],
  [K.LessThanToken, '<='],
  [K.LessThanEqualsToken, '<'],
  [K.GreaterThanToken, '>='],
  [K.GreaterThanEqualsToken, '>'],
  [K.AmpersandAmpersandToken, '||'],
  [K.BarBarToken, '&&'],
  [K.QuestionQuestionToken, '&&'],
  [K.PlusToken, '-'],
  [K.MinusToken, '+'],
]);

/** Looks and keys: a test that notices these would be a copy of the source. */
const SILENT_ATTRIBUTES = new Set(['className', 'key', 'rows', 'step', 'inputMode', 'type', 'title']);
const isSilent = (node) => {
  for (let up = node; up; up = up.parent) {
    if (ts.isJsxAttribute(up) && SILENT_ATTRIBUTES.has(up.name.getText())) return true;
    if (ts.isImportDeclaration(up) || ts.isTypeNode(up) || ts.isInterfaceDeclaration(up)) return true;
  }
  return false;
};

const replacementOf = (node) => {
  if (ts.isBinaryExpression(node) && SWAPS.has(node.operatorToken.kind))
    return [node.operatorToken, SWAPS.get(node.operatorToken.kind), 'operator'];
  if (node.kind === K.TrueKeyword) return [node, 'false', 'boolean'];
  if (node.kind === K.FalseKeyword) return [node, 'true', 'boolean'];
  if (ts.isNumericLiteral(node)) return [node, String(Number(node.text) + 1), 'number'];
  if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken)
    return [node, node.operand.getText(), 'negation'];
  if (ts.isConditionalExpression(node))
    return [
      node,
      `(${node.condition.getText()}) ? (${node.whenFalse.getText()}) : (${node.whenTrue.getText()})`,
      'the other branch',
    ];
  if (
    ts.isStringLiteral(node) &&
    node.text !== '' &&
    !(ts.isPropertyAssignment(node.parent) && node.parent.name === node)
  )
    return [node, ts.isJsxAttribute(node.parent) ? '"mutant"' : "'mutant'", 'text'];
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) return [node, ';', 'call left out'];
  return undefined;
};

const candidates = (path, text) => {
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.ES2022,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found = [];
  const visit = (node) => {
    const change = isSilent(node) ? undefined : replacementOf(node);
    if (change) found.push({ from: change[0].getStart(), to: change[0].getEnd(), by: change[1], operator: change[2] });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

/** Evenly over the file, the same ones each time. */
const chosen = (all) =>
  all.length <= perFile
    ? all
    : Array.from({ length: perFile }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / perFile)]);

/** The rest of a file is left out once a test of it has failed: what comes after would only wait for what does not come. */
const ENVIRONMENT = `const { TestEnvironment } = require('jest-environment-jsdom');
module.exports = class extends TestEnvironment {
  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.hasFailed = true;
    if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
  }
};
`;
writeFileSync(join(root, 'mutant-environment.cjs'), ENVIRONMENT);

const passes = async (test) => {
  const { results } = await runCLI(
    {
      _: [test],
      $0: 'jest',
      runTestsByPath: true,
      runInBand: true,
      ci: true,
      watchman: false,
      silent: true,
      reporters: [],
      testEnvironment: join(root, 'mutant-environment.cjs'),
      cacheDirectory: join(root, 'jest-cache'),
    },
    [root],
  );
  return results.success;
};

const areKilled = async (tests) => {
  for (const test of tests) if (!(await passes(test))) return true;
  return false;
};

const say = (line) => writeSync(1, `\nmutant ${JSON.stringify(line)}\n`);
for (const { path, tests } of files) {
  const text = readFileSync(join(root, path), 'utf8');
  if (await areKilled(tests)) throw new Error(`the tests fail without any change: ${tests.join(', ')}`);
  for (const { from, to, by, operator } of chosen(candidates(path, text))) {
    const place = {
      path,
      line: text.slice(0, from).split('\n').length,
      was: text.slice(from, to).slice(0, 60),
      became: by.slice(0, 60),
      change: operator,
    };
    writeFileSync(join(root, path), text.slice(0, from) + by + text.slice(to));
    say({ ...place, killed: await areKilled(tests) });
  }
  writeFileSync(join(root, path), text);
}
process.exit(0);
