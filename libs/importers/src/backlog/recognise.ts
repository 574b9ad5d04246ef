import { listsOfCards } from './card-list.js';
import { kindOf } from './fields.js';
import { quoted } from './problem.js';
import type { Fault } from './source-text.js';

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const REMEDY = 'Give a backlog_master.json: an object whose field "cards" lists the cards';

const isTask = (value: unknown): boolean =>
  isObject(value) &&
  'id' in value &&
  'title' in value &&
  !('card_id' in value) &&
  ('subtasks' in value || 'testStrategy' in value || 'dependencies' in value);

const isTaskList = (value: unknown): boolean => Array.isArray(value) && isTask(value[0]);

const isTaskMaster = (value: JsonObject): boolean =>
  isTaskList(value['tasks']) ||
  Object.values(value).some((tag) => isTaskList(tag) || (isObject(tag) && isTaskList(tag['tasks'])));

const isIssue = (value: unknown): boolean => isObject(value) && (value['_type'] === 'issue' || 'issue_type' in value);

/** Another tool's format that the value looks like, by its shape. */
const formatOf = (value: unknown): string | undefined => {
  if (isIssue(value)) return 'beads (issues.jsonl)';
  if (isTaskList(value)) return 'task-master (a list of tasks)';
  if (!isObject(value)) return undefined;
  if (isObject(value['workflow']) && 'schemaVersion' in value) return 'WfFormat (a workflow instance)';
  return isTaskMaster(value) ? 'task-master (tasks.json)' : undefined;
};

const otherFormat = (format: string): Fault => ({
  code: 'other-format',
  message: `it is not a backlog_master.json; it looks like ${format}, which is not supported yet`,
  remedy: REMEDY,
});

/** A line of JSON Lines: the file as a whole is no JSON document, its first line is. */
export const recogniseFirstLine = (text: string): Fault | undefined => {
  try {
    const format = formatOf(JSON.parse(text.slice(0, text.indexOf('\n'))));
    return format === undefined ? undefined : otherFormat(format);
  } catch {
    return undefined;
  }
};

const MOST_NAMED = 8;
/** What the file has instead of cards, for people. */
const held = (value: JsonObject): string => {
  const names = Object.keys(value).slice(0, MOST_NAMED);
  return names.length === 0 ? '' : `; it has ${names.map(quoted).join(', ')}`;
};

/** Cards by project, by agent or by epic. */
const scattered = (lists: readonly string[]): Fault => ({
  code: 'no-cards',
  message: `its cards stand in ${lists.length === 1 ? 'a list of another name' : 'several lists'}: ${lists.slice(0, MOST_NAMED).join(', ')}`,
  remedy: 'Put them all into one list "cards", or split the file',
});

/** Why a parsed file without a list of cards is no backlog. */
export const kindFault = (value: unknown): Fault => {
  const format = formatOf(value);
  if (format !== undefined) return otherFormat(format);
  if (!isObject(value)) {
    const elements = Array.isArray(value) ? ` of ${value.length}` : '';
    return { code: 'wrong-kind', message: `the file holds ${kindOf(value)}${elements}, not an object`, remedy: REMEDY };
  }
  const lists = Object.hasOwn(value, 'cards') ? [] : listsOfCards(value);
  if (lists.length > 0) return scattered(lists);
  if (!Object.hasOwn(value, 'cards'))
    return { code: 'no-cards', message: `the file has no field "cards"${held(value)}`, remedy: REMEDY };
  return { code: 'cards-not-a-list', message: `"cards" is ${kindOf(value['cards'])}, not a list`, remedy: REMEDY };
};
