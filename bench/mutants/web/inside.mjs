// Runs inside the sandbox: changes one place of one source at a time and asks the tests beside it whether they notice.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();
const require = createRequire(join(root, 'package.json'));
const ts = require('typescript');
const { runCLI } = require('jest');
const { files, perFile, mark } = JSON.parse(readFileSync(join(root, 'mutants.json'), 'utf8'));

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
    return [node.operatorToken, SWAPS.get(node.operatorToken.kind)];
  if (node.kind === K.TrueKeyword) return [node, 'false'];
  if (node.kind === K.FalseKeyword) return [node, 'true'];
  if (ts.isNumericLiteral(node)) return [node, String(Number(node.text) + 1)];
  if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken) return [node, node.operand.getText()];
  if (ts.isConditionalExpression(node))
    return [node, `(${node.condition.getText()}) ? (${node.whenFalse.getText()}) : (${node.whenTrue.getText()})`];
  if (
    ts.isStringLiteral(node) &&
    node.text !== '' &&
    !(ts.isPropertyAssignment(node.parent) && node.parent.name === node)
  )
    return [node, ts.isJsxAttribute(node.parent) ? '"mutant"' : "'mutant'"];
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) return [node, ';'];
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
    if (change) found.push({ from: change[0].getStart(), to: change[0].getEnd(), by: change[1] });
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

const areKilled = async (tests) => {
  const { results } = await runCLI(
    {
      _: tests,
      $0: 'jest',
      runTestsByPath: true,
      runInBand: true,
      ci: true,
      watchman: false,
      silent: true,
      reporters: [],
      cacheDirectory: join(root, 'jest-cache'),
    },
    [root],
  );
  return !results.success;
};

const say = (line) => writeSync(1, `\n${mark}${JSON.stringify(line)}\n`);
for (const { path, tests } of files) {
  const text = readFileSync(join(root, path), 'utf8');
  for (const { from, to, by } of chosen(candidates(path, text))) {
    const place = {
      path,
      line: text.slice(0, from).split('\n').length,
      was: text.slice(from, to).slice(0, 60),
      by: by.slice(0, 60),
    };
    writeFileSync(join(root, path), text.slice(0, from) + by + text.slice(to));
    say({ ...place, killed: await areKilled(tests) });
  }
  writeFileSync(join(root, path), text);
}
process.exit(0);
