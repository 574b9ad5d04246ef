/** Runs inside the sandbox as `.gates/calls.mjs`. */
export const callsScript = `// What the client asks of the API, read from the types of its calls: \`http.send({ method, path, params, query, ifMatch, body })\`.
import { join, relative } from 'node:path';

const root = process.cwd();
const DEPTH = 4;
const OWN = /^src\\/(?!testing\\/)(?!.*\\.(?:test|stories)\\.)/;

const literalOf = (ts, type) => (type.flags & (ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral) ? type.value : undefined);

const plainOf = (ts, { flags }) => {
  if (flags & ts.TypeFlags.StringLike) return 'string';
  if (flags & ts.TypeFlags.NumberLike) return 'number';
  if (flags & ts.TypeFlags.BooleanLike) return 'boolean';
  if (flags & ts.TypeFlags.Null) return 'null';
  return flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void) ? 'undefined' : 'object';
};

const shapeOf = (ts, checker, type, depth = 0) => {
  const members = type.isUnion() ? type.types : [type];
  const kinds = [...new Set(members.map((member) => plainOf(ts, member)))];
  const literals = members.map((member) => literalOf(ts, member)).filter((value) => typeof value === 'string');
  const strings = members.filter((member) => plainOf(ts, member) === 'string');
  const object = members.find((member) => plainOf(ts, member) === 'object');
  return {
    kinds,
    ...(literals.length > 0 && literals.length === strings.length ? { literals } : {}),
    ...(object && depth < DEPTH ? insideOf(ts, checker, object, depth) : {}),
  };
};

const insideOf = (ts, checker, type, depth) => {
  if (checker.isArrayType(type)) {
    const item = checker.getTypeArguments(type)[0];
    // A list of anything says as little of its items as an object of anything does of its members.
    return item.flags & ts.TypeFlags.Unknown ? {} : { items: shapeOf(ts, checker, item, depth + 1) };
  }
  if (checker.getIndexInfosOfType(type).length > 0 || checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0) return {};
  const properties = checker.getPropertiesOfType(type).map((symbol) => [
    symbol.getName(),
    {
      optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      ...shapeOf(ts, checker, checker.getTypeOfSymbol(symbol), depth + 1),
    },
  ]);
  return { properties: Object.fromEntries(properties) };
};

const answerOf = (ts, checker, call) => {
  const awaited = checker.getTypeArguments(checker.getTypeAtLocation(call))[0];
  const value = awaited?.aliasTypeArguments?.[0];
  return value && shapeOf(ts, checker, value);
};

const partsOf = (ts, checker, literal) =>
  Object.fromEntries(
    literal.properties
      .filter((p) => ts.isPropertyAssignment(p) || ts.isShorthandPropertyAssignment(p))
      .map((p) => [p.name.getText(), ts.isPropertyAssignment(p) ? p.initializer : p.name])
      .map(([name, node]) => [name, shapeOf(ts, checker, checker.getTypeAtLocation(node))]),
  );

const textOf = (ts, literal, name) => {
  const property = literal.properties.find((p) => ts.isPropertyAssignment(p) && p.name.getText() === name);
  return property && ts.isStringLiteralLike(property.initializer) ? property.initializer.text : undefined;
};

const callOf = (ts, checker, call, place) => {
  const literal = call.arguments[0];
  if (!literal || !ts.isObjectLiteralExpression(literal)) return { ...place, unreadable: true };
  const method = textOf(ts, literal, 'method');
  const path = textOf(ts, literal, 'path');
  if (method === undefined || path === undefined) return { ...place, unreadable: true };
  return { ...place, method, path, parts: partsOf(ts, checker, literal), answer: answerOf(ts, checker, call) };
};

const isSend = (ts, node) => ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'send';
const isFetch = (ts, node) => ts.isCallExpression(node) && /^(?:(?:window|globalThis|self)\\.)?fetch$/.test(node.expression.getText());
const isSocket = (ts, node) => ts.isNewExpression(node) && /^(?:XMLHttpRequest|WebSocket|EventSource)$/.test(node.expression.getText());

export default ({ shared: { ts, program } }) => {
  if (!program) return { broken: 'the types could not be read' };
  const checker = program.getTypeChecker();
  const calls = [];
  const others = [];
  for (const source of program.getSourceFiles()) {
    const path = relative(root, source.fileName);
    if (!OWN.test(path)) continue;
    const visit = (node) => {
      const place = () => ({ file: path, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
      if (isSend(ts, node)) calls.push(callOf(ts, checker, node, place()));
      else if (isFetch(ts, node) || isSocket(ts, node)) others.push(place());
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { calls, others };
};
`;
