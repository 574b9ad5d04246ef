import type { EntityView, FieldView } from '../app-model/app-model.js';
import { commented, keyed, quoted } from '../text/literals.js';
import { enclosed, file, imported, indent, when, type Part } from '../text/lines.js';
import { hasQuery } from '../write/query-file.js';
import { valueType } from '../write/types.js';
import { answerType } from './answer-tree.js';
import { apiCalls } from './api-calls.js';
import { changeForms, draftForms, formInputs, wireOf } from './form-inputs.js';
import { isSameValue, type WireMember } from './member-fields.js';
import { at, bodyName, wireProperty } from './wire-text.js';
import type { WireSend, WireShape } from './wire-view.js';

/** `src/api/pet.ts` for a given contract: rows for the pages, the contract's own types, and what maps one to the other. */
export const givenApiFile = (e: EntityView): string => {
  const body: Part = [
    wireOf(e).choices.map(choice),
    rowType(e),
    queryType(e),
    [...draftForms(e), ...changeForms(e)].map(({ send }) => inputType(e, send)),
    shapesOf(e).map((shape) => [wireType(e, shape), mapper(e, shape)]),
    answerType(e),
    [...draftForms(e), ...changeForms(e)].map(({ send }) => [bodyType(e, send), bodyOf(send)]),
    apiCalls(e),
  ];
  const text = file(body);
  return file(imports(text), '', text.trimEnd());
};

const KIT: Readonly<Record<string, readonly string[]>> = {
  './http': ['Answer', 'Http', 'Page'],
  './wire': [
    'idOf',
    'instantOf',
    'joinedId',
    'mapped',
    'nothingYet',
    'onlyRow',
    'ONLY_ID',
    'pageFrom',
    'partOf',
    'present',
    'wholePage',
  ],
};

const imports = (text: string): Part => {
  const used = (from: string): readonly string[] =>
    (KIT[from] ?? []).filter((name) => new RegExp(`(?<!(?<!\\.\\.)\\.|[\\w'])${name}\\b(?!')`).test(text));
  const line = (from: string): Part => when(used(from).length > 0, imported(used(from), from));
  return [
    when(/\bJsonValue\b/.test(text), `import type { JsonValue } from '../forms/convert';`),
    imported(used('./http'), './http').replace('import {', 'import type {'),
    line('./wire'),
  ];
};

const choice = (f: FieldView): Part => {
  if (!f.choice) return undefined;
  const { constant, type, values } = f.choice;
  const list = enclosed({ open: `export const ${constant} = [`, items: values.map(quoted), close: '] as const;' });
  return [`/** Values of ${commented(f.label)}. */`, list, `export type ${type} = (typeof ${constant})[number];`, ''];
};

const rowProperty = (f: FieldView): string =>
  `readonly ${f.name}${f.isOptional ? '?' : ''}: ${valueType(f)}${f.isNullable ? ' | null' : ''}${f.isOptional ? ' | undefined' : ''};`;

const rowType = (e: EntityView): Part => [
  `/** ${commented(e.label)}, as the pages show it. \`id\` names it in their addresses. */`,
  `export interface ${e.type} {`,
  indent(e.rowFields.map(rowProperty)),
  '}',
  '',
];

const queryType = (e: EntityView): Part =>
  hasQuery(e) && [
    '/** What narrows and pages the list. Pages count from 1. */',
    `export interface ${e.type}Query {`,
    indent([
      e.hasPaging && ['readonly page?: number | undefined;', 'readonly size?: number | undefined;'],
      e.filters.map((f) => `readonly ${f.name}?: ${f.field ? valueType(f.field) : 'string'} | undefined;`),
    ]),
    '}',
    '',
  ];

const inputType = (e: EntityView, send: WireSend): Part => [
  `/** ${commented(e.label)}, as a form gives it; \`null\` is left out of the request. */`,
  `export interface ${send.type}Input {`,
  indent(formInputs(send).map((f) => `readonly ${f.name}: ${valueType(f)}${f.isNullable ? ' | null' : ''};`)),
  '}',
  '',
];

/** Each shape once. */
const shapesOf = (e: EntityView): readonly WireShape[] => {
  const { get, list } = wireOf(e);
  return [...new Map([get?.shape, list?.shape].flatMap((s) => (s ? [[s.type, s] as const] : []))).values()];
};

const wireType = (e: EntityView, { type, members }: WireShape): Part => [
  `/** ${commented(e.label)}, as the API answers it. */`,
  members.length > 0
    ? [`interface ${type} {`, indent(members.map(wireProperty)), '}']
    : `type ${type} = Readonly<Record<string, never>>;`,
  '',
];

const mapper = (e: EntityView, { type, mapper: name, members }: WireShape): Part => {
  const known = members.filter((m) => e.rowFields.some((r) => isSameValue(r, m.field)));
  const wire = known.length > 0 ? `, wire: ${type}` : '';
  return [
    `const ${name} = (id: string${wire}): ${e.type} => ({`,
    indent(['id,', known.map((m) => `${m.field.name}: wire${at(m.wire)},`)]),
    '});',
    '',
  ];
};

const bodyType = (e: EntityView, { type, members }: WireSend): Part => [
  `/** ${commented(e.label)}, as the API takes it. */`,
  members.length > 0
    ? [`interface ${type}Body {`, indent(members.map(wireProperty)), '}']
    : `type ${type}Body = Readonly<Record<string, never>>;`,
  '',
];

/** Members that may be left out of a request: an empty field is not sent, or sent as `null` where a merge patch empties it so. */
export const canBeAbsent = ({ isPatch }: WireSend, { isRequired, isNullable }: WireMember): boolean =>
  !isRequired && !(isPatch && isNullable);

const bodyOf = (send: WireSend): Part => {
  const { type, members } = send;
  const line = ({ wire, field }: WireMember): string => `${keyed(wire)}: input.${field.name}`;
  const sure = members.filter((m) => !canBeAbsent(send, m));
  const open = members.filter((m) => canBeAbsent(send, m));
  if (members.length === 0) return [`const ${bodyName(send)} = (): ${type}Body => ({});`, ''];
  return [
    `const ${bodyName(send)} = (input: ${type}Input): ${type}Body => ({`,
    indent([
      sure.map((m) => `${line(m)},`),
      open.length > 0 &&
        `${enclosed({ open: '...present({', items: open.map(line), close: '})', at: 2, padded: true })},`,
    ]),
    '});',
    '',
  ];
};
