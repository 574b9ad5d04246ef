/** Runs inside the sandbox as `.gates/plain-config.mjs`. */
export const plainConfigScript = `// Whether a project's eslint.config.js is plain data over known packages, so that reading it executes nothing of the project's.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();
const ts = createRequire(join(root, 'package.json'))('typescript');

const PACKAGES = new Set(['@eslint/js', 'eslint/config', 'eslint-plugin-jsx-a11y', 'eslint-plugin-react-hooks', 'typescript-eslint']);
const LITERALS = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.MetaProperty,
]);

const isNamedPlainly = ({ name }) => ts.isIdentifier(name) || ts.isStringLiteral(name);

const isProperty = (node) => {
  if (ts.isSpreadAssignment(node)) return isData(node.expression);
  if (ts.isShorthandPropertyAssignment(node)) return true;
  return ts.isPropertyAssignment(node) && isNamedPlainly(node) && isData(node.initializer);
};

/** \`tseslint.config(…)\` and \`defineConfig(…)\`: the only calls. */
const isConfigCall = ({ expression }) => {
  const text = expression.getText();
  return text === 'tseslint.config' || text === 'defineConfig' || text === 'globalIgnores';
};

const isData = (node) => {
  if (LITERALS.has(node.kind)) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isData);
  if (ts.isObjectLiteralExpression(node)) return node.properties.every(isProperty);
  if (ts.isSpreadElement(node) || ts.isParenthesizedExpression(node)) return isData(node.expression);
  if (ts.isPropertyAccessExpression(node)) return isData(node.expression);
  return ts.isCallExpression(node) && isConfigCall(node) && node.arguments.every(isData);
};

const isPlainStatement = (node) =>
  (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) && PACKAGES.has(node.moduleSpecifier.text)) ||
  (ts.isExportAssignment(node) && isData(node.expression));

/** A package that says what it exports would be found in place of a known one of the same name. */
const namesNoExports = () => {
  const { exports, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return exports === undefined && type === 'module';
};

export const isPlainConfig = (name) => {
  if (!existsSync(join(root, name)) || !namesNoExports()) return false;
  const source = ts.createSourceFile(name, readFileSync(join(root, name), 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  return source.parseDiagnostics.length === 0 && source.statements.every(isPlainStatement);
};
`;
