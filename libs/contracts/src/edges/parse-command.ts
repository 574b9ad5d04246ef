import type { CardSpec } from '../card.js';
import type { Command } from '../commands.js';
import { CardSpecDto } from './card.dto.js';
import { check, type EdgeProblem } from './check.js';
import { COMMAND_DTOS } from './command.dto.js';
import { isRecord } from './rules.js';
import { selfDependencies } from './self-dependency.js';

export type CommandResult =
  { readonly ok: true; readonly command: Command } | { readonly ok: false; readonly problems: readonly EdgeProblem[] };

const isCommandType = (type: unknown): type is Command['type'] =>
  typeof type === 'string' && Object.hasOwn(COMMAND_DTOS, type);

const refused = (path: string, message: string, remedy: string): CommandResult => ({
  ok: false,
  problems: [{ path, message, remedy }],
});

/** Turns outside text (already JSON) into a command, or says what is wrong, where and what to do. Unknown properties are refused. */
export const parseCommand = (value: unknown): CommandResult => {
  if (!isRecord(value)) return refused('', 'is not an object', 'send one command as a JSON object');
  const { type } = value;
  if (!isCommandType(type))
    return refused('type', 'is no command', `use one of ${Object.keys(COMMAND_DTOS).join(', ')}`);
  const problems = [...check(COMMAND_DTOS[type], value), ...selfDependencies(value)];
  return problems.length === 0 ? { ok: true, command: value as unknown as Command } : { ok: false, problems };
};

export type CardSpecResult =
  { readonly ok: true; readonly card: CardSpec } | { readonly ok: false; readonly problems: readonly EdgeProblem[] };

/** The same for one card. */
export const parseCardSpec = (value: unknown): CardSpecResult => {
  if (!isRecord(value))
    return { ok: false, problems: [{ path: '', message: 'is not an object', remedy: 'give a card' }] };
  const own = selfDependencies({ spec: value }).map((p) => ({ ...p, path: 'dependencies' }));
  const problems = [...check(CardSpecDto, value), ...own];
  return problems.length === 0 ? { ok: true, card: value as unknown as CardSpec } : { ok: false, problems };
};
