import { apiHttp } from '../api/http.kit.js';
import { apiProblem } from '../api/problem.kit.js';
import { KIT } from '../index.js';
import type { KitFile } from '../kit-file.js';
import { uiDataTable } from '../ui/data-table.kit.js';
import { uiListView } from '../ui/list-view.kit.js';
import { apiWire, apiWireTest } from './wire.kit.js';

type Change = readonly [from: string, to: string];

/** A file of the kit with some places changed; a place that is not there any more is a fault of ours. */
const changed = (file: KitFile, changes: readonly Change[]): KitFile => ({
  path: file.path,
  text: changes.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2)
      throw new Error(`${file.path}: ${JSON.stringify(from)} does not stand there once`);
    return text.replace(from, () => to);
  }, file.text),
});

/** Path parameters of any name, and answers without a body whatever their status. */
const http = changed(apiHttp, [
  [
    '  readonly body?: unknown;\n  readonly signal',
    '  readonly body?: unknown;\n  /** The contract says that success has no body. */\n  readonly answersNothing?: boolean;\n  readonly signal',
  ],
  ['path.replace(/\\{(\\w+)\\}/g', 'path.replace(/\\{([^{}]+)\\}/g'],
  [
    'const answerOf = async <T>(response: Received): Promise<Answer<T>> => {',
    'const answerOf = async <T>(response: Received, call: Call): Promise<Answer<T>> => {',
  ],
  [
    'const value = response.status === NO_CONTENT ? undefined : await response.json();',
    'const hasNoBody = response.status === NO_CONTENT || call.answersNothing === true;\n  const value = hasNoBody ? undefined : await response.json();',
  ],
  ['return await answerOf<T>(response);', 'return await answerOf<T>(response, call);'],
]);

/** Rows that have no page of their own are no links. */
const dataTable = changed(uiDataTable, [
  [
    "  /** Address of a row's own page. The first column links to it. */\n  readonly hrefOfRow: (row: T) => string;",
    "  /** Address of a row's own page, to which the first column links; undefined where rows have none. */\n  readonly hrefOfRow: ((row: T) => string) | undefined;",
  ],
  [
    '{i === 0 ? <a href={hrefOfRow(row)}>{cell(row)}</a> : cell(row)}',
    '{i === 0 && hrefOfRow ? <a href={hrefOfRow(row)}>{cell(row)}</a> : cell(row)}',
  ],
]);

const listView = changed(uiListView, [
  [
    '  readonly canCreate: boolean;\n',
    '  readonly canCreate: boolean;\n  /** Whether a row has a page of its own. */\n  readonly hasPages?: boolean;\n',
  ],
  ['onRetry, sort, canCreate, filters }', 'onRetry, sort, canCreate, hasPages = true, filters }'],
  [
    'hrefOfRow={(row) => hrefOf([resource, row.id])}',
    'hrefOfRow={hasPages ? (row) => hrefOf([resource, row.id]) : undefined}',
  ],
]);

const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** Errors in the contract's own shape say what happened in members of its own. */
const problem = (members: readonly string[]): KitFile => {
  const own = members.filter((name) => IDENTIFIER.test(name) && name !== 'detail' && name !== 'title');
  const said = ['detail', ...own, 'title'].map((name) => `body.${name}`).join(' ?? ');
  return changed(apiProblem, [['body.detail ?? body.title', said]]);
};

/** The kit for a given contract. `errorMembers`: where its errors say what happened. */
export const givenKit = (errorMembers: readonly string[]): readonly KitFile[] => {
  const own = new Map([http, dataTable, listView, problem(errorMembers)].map((file) => [file.path, file]));
  return [...KIT.map((file) => own.get(file.path) ?? file), apiWire, apiWireTest];
};
