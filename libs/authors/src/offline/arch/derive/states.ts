import { textAt } from '../text/text-at.js';
import { assume, type DraftEntity, type DraftStates, type Reading } from './draft.js';
import { actionToward, verbOf } from './verbs.js';
import { column, kebab } from '../text/identifiers.js';

/** A line of text that may speak of states. */
export interface StateText {
  readonly text: string;
  readonly section: string;
  readonly line: number;
}

const ARROW = /\s*(?:[-–—─=]*[→⇒➔▶➜]|[-–—]{1,2}>|=>)\s*/;
const LABELLED =
  /^(?:(?:\p{L}+ )?(?:states?|status(?:es)?)|life ?cycle|state machine|estados?|situa[cç](?:[aã]o|[oõ]es)|ciclo de vida|m[aá]quina de estados|transi[cç](?:[aã]o|[oõ]es)(?: de estado)?|(?:state )?transitions?|fluxo de status|status flow)(?:\s+(?:of|for|d[oae]s?)\s+.*)?$/iu;
const EXAMPLE =
  /^(exemplos?|examples?|e\.g|ex\b|benef|flow|fluxo(?! de status)|processo|process|sequ[eê]ncia|arquitetura|architecture)/i;

/** A label under which states are listed (`Estados`, `Lifecycle`). */
export const isStateLabel = (label: string): boolean => LABELLED.test(label.trim());

interface Node {
  readonly name: string;
  readonly action?: string;
}

const NAME = /^[\p{L}][\p{L}\p{N}_ -]{0,29}$/u;

const nodeOf = (text: string, reading: Reading): Node | undefined => {
  const [, name = text, inside] = /^(.*?)\s*\(([^()]*)\)\s*$/.exec(text.trim()) ?? [];
  const tidy = name.replace(/["'“”`*.;]/g, '').trim();
  if (!NAME.test(tidy) || tidy.split(' ').length > 3) return undefined;
  const action = actionIn(inside, reading);
  return { name: tidy, ...(action === undefined ? {} : { action }) };
};

/** `publicado (publicar)`: a verb in parentheses names the action. */
const actionIn = (inside: string | undefined, reading: Reading): string | undefined => {
  const first = textAt(inside?.split(/[,;]/), 0).trim();
  return verbOf(textAt(first.split(/\s/), 0), reading.draft.language) ? kebab(first) : undefined;
};

const nodesOf = (text: string, reading: Reading): readonly Node[] => {
  const nodes = text.split(/\s*\|\s*|\s+(?:ou|or)\s+|\s*\/\s*/).map((t) => nodeOf(t, reading));
  return nodes.every((n): n is Node => n !== undefined) ? nodes : [];
};

interface Chain {
  readonly action?: string;
  readonly steps: readonly (readonly Node[])[];
}

const chainOf = (part: string, reading: Reading): Chain | undefined => {
  if (!ARROW.test(part)) return undefined;
  const verb = textAt(/^\s*`?([\p{L}-]{3,30})`?\s*:/u.exec(part), 1);
  const action = verbOf(verb, reading.draft.language) ? kebab(verb) : undefined;
  const steps = part
    .replace(/^[^:→]*:\s*/, '')
    .split(ARROW)
    .map((s) => nodesOf(s, reading));
  if (steps.length < 2 || steps.some((s) => s.length === 0)) return undefined;
  return { steps, ...(action === undefined ? {} : { action }) };
};

const isLoud = (chain: Chain): boolean => chain.steps.flat().every((n) => /^[A-Z][A-Z_]{2,}$/.test(n.name));

const STATE_FIELD = /^(status|estado|situacao|state|fase|etapa)$/;

/** Whether a field of this name holds the state of a thing. */
export const isStateName = (label: string): boolean => STATE_FIELD.test(column(label));

const statesOf = (entity: DraftEntity): DraftStates => {
  const field = entity.fields.find((f) => STATE_FIELD.test(f.name));
  const values = field?.values ?? [];
  entity.states ??= {
    field: field ? field.name : 'status',
    initial: textAt(values, 0),
    states: [...values],
    transitions: [],
  };
  return entity.states;
};

const known = (states: DraftStates, name: string): string | undefined =>
  states.states.find((s) => s.toLowerCase() === name.toLowerCase());

const addState = (states: DraftStates, name: string): string => {
  const old = known(states, name);
  if (old !== undefined) return old;
  states.states.push(name);
  if (states.initial === '') states.initial = name;
  return name;
};

interface Step {
  readonly from: string;
  readonly to: string;
  readonly action?: string;
}

const addTransition = (reading: Reading, states: DraftStates, step: Step): void => {
  const action = step.action ?? actionToward(step.to, reading.draft.language);
  const old = states.transitions.some((t) => t.from === step.from && t.to === step.to);
  if (!old && step.from !== step.to)
    states.transitions.push({ action, from: step.from, to: step.to, requirement: reading.source.id });
};

/** A state outside a list that this same requirement gave as complete contradicts it. */
const isForeign = (reading: Reading, states: DraftStates, name: string): boolean =>
  states.declaredBy === reading.source.id && known(states, name) === undefined;

const contradict = (
  reading: Reading,
  at: StateText,
  { name, states }: { readonly name: string; readonly states: DraftStates },
): void => {
  const message =
    reading.draft.language === 'pt'
      ? `o estado "${name}" não está entre os declarados (${states.states.join(', ')})`
      : `state "${name}" is not among the declared ones (${states.states.join(', ')})`;
  reading.contradictions.push({ requirement: reading.source.id, message, line: at.line, excerpt: at.text.trim() });
};

const applyChain = (
  reading: Reading,
  entity: DraftEntity,
  { chain, at, declares }: { readonly chain: Chain; readonly at: StateText; readonly declares: boolean },
): void => {
  const states = statesOf(entity);
  const names = chain.steps.map((nodes) => nodes.map((n) => n.name));
  const foreign = declares ? undefined : names.flat().find((n) => isForeign(reading, states, n));
  if (foreign !== undefined) return contradict(reading, at, { name: foreign, states });
  for (const name of names.flat()) addState(states, name);
  chain.steps.slice(1).forEach((targets, i) => {
    for (const from of names[i] ?? [])
      for (const to of targets)
        connect(reading, states, {
          from,
          to: to.name,
          ...((to.action ?? chain.action) ? { action: to.action ?? chain.action ?? '' } : {}),
        });
  });
};

const connect = (reading: Reading, states: DraftStates, step: Step): void =>
  addTransition(reading, states, {
    ...step,
    from: known(states, step.from) ?? step.from,
    to: known(states, step.to) ?? step.to,
  });

const plainList = (at: StateText): readonly string[] => {
  const parts = at.text
    .split(/\s*[,;|]\s*(?:(?:e|and|ou|or)\s+)?|\s+(?:e|and|ou|or)\s+/)
    .map((p) => p.replace(/["'“”`*.]|\([^()]*\)/g, '').trim())
    .filter((p) => p !== '');
  return parts.length > 1 && parts.every((p) => NAME.test(p) && p.split(' ').length <= 3) ? parts : [];
};

/** `States: draft → published → closed`, or the same as a list; the first such line of a requirement gives all its states. */
export const readStates = (reading: Reading, entity: DraftEntity, at: StateText): boolean => {
  const labelled = isStateLabel(at.section);
  const declares = labelled && !isTransitionLabel(at.section);
  const chains = at.text.split(/[;\n]|,(?=[^→>]*(?:→|->|=>))|\.\s/).flatMap((p) => chainOf(p, reading) ?? []);
  const usable = EXAMPLE.test(at.section) ? [] : chains.filter((c) => labelled || isLoud(c));
  for (const chain of usable) applyChain(reading, entity, { chain, at, declares });
  if (usable.length === 0) return declares && readList(reading, entity, at);
  if (declares) statesOf(entity).declaredBy = reading.source.id;
  return true;
};

const isTransitionLabel = (label: string): boolean => /^(transi|state transi)/i.test(label.trim());

const readList = (reading: Reading, entity: DraftEntity, at: StateText): boolean => {
  const names = plainList(at);
  if (names.length === 0) return false;
  const states = statesOf(entity);
  for (const name of names) addState(states, name);
  states.declaredBy = reading.source.id;
  if (states.transitions.length > 0) return true;
  names.slice(1).forEach((to, i) => connect(reading, states, { from: names[i] ?? to, to }));
  assume(
    reading,
    reading.draft.language === 'pt'
      ? `${reading.source.id}: o texto lista os estados de ${entity.label} sem as transições; elas seguem a ordem da lista.`
      : `${reading.source.id}: the text lists the states of ${entity.label} without transitions; they follow the list's order.`,
  );
  return true;
};

const LOUD = String.raw`["'“\`*]*([A-Z][A-Z_]{2,})["'”\`*]*`;
const SPOKEN = new RegExp(
  String.raw`\b(?:status|estado|situação|state)\s+(?:de\s+|of\s+|=\s*|is\s+|é\s+)?${LOUD}(?:\s*(?:,|ou|or|e|and)\s*${LOUD})?`,
  'g',
);
const BEING = new RegExp(
  String.raw`\b(?:estiver|esteja|está|estão|is|are|becomes?|torna-se)\s+${LOUD}(?=$|[\s.,;])`,
  'g',
);
const MOVE =
  /\b(?:de|from)\s+["'“`*]*([\p{L}_]+(?: [\p{L}_]+)?)["'”`*]*\s+(?:direto )?(?:para|to)\s+["'“`*]*([\p{L}_]+(?: [\p{L}_]+)?)["'”`*]*/giu;
const ABOUT_STATES = /status|estado|state|transi|muda|passa\b|moves?\b|goes\b|changes?\b|reabert|reopen/i;
const NEGATED = /\b(não|nao|not|never|nunca|cannot|can't)\b/i;

const STARTS = new RegExp(
  String.raw`\b(?:criad[oa]s?|created|começa[m]?|inicia[m]?|starts?|nasce[m]?)\s+(?:com|em|with|as|in|no|na)\s+(?:o\s+)?(?:status|estado|state)?\s*${LOUD}`,
);
const startWith = (states: DraftStates, name: string): void => {
  const rest = states.states.filter((s) => s.toLowerCase() !== name.toLowerCase());
  states.states.splice(0, states.states.length, known(states, name) ?? name, ...rest);
  states.initial = states.states[0] ?? name;
};

const STATUS_MOVES =
  /\b(?:status|estado|situa[cç][aã]o|state)\s+(?:changes?|moves?|goes|muda|passa|vai)\s+(?:from|de|do)\s/iu;

/** `Status changes from new to assigned` names both, where nothing has listed the states. */
const addNamed = (entity: DraftEntity, text: string): void => {
  if (entity.states?.declaredBy !== undefined) return;
  for (const move of text.matchAll(MOVE))
    for (const name of [textAt(move, 1), textAt(move, 2)]) addState(statesOf(entity), name);
};

/** States that sentences name in passing: `status DRAFT`, `from draft to published`. */
export const readSpokenStates = (reading: Reading, entity: DraftEntity, at: StateText): void => {
  readLoudStates(reading, entity, at.text);
  if (STATUS_MOVES.test(at.text) && !NEGATED.test(at.text)) addNamed(entity, at.text);
  if (!entity.states || !ABOUT_STATES.test(at.text)) return;
  for (const move of at.text.matchAll(MOVE))
    readMove(reading, entity.states, { at, from: textAt(move, 1), to: textAt(move, 2) });
};

const readLoudStates = (reading: Reading, entity: DraftEntity, text: string): void => {
  const loud = [...text.matchAll(SPOKEN), ...text.matchAll(BEING)]
    .flatMap((m) => [textAt(m, 1), textAt(m, 2)])
    .filter((n) => n !== '');
  const first = textAt(STARTS.exec(text), 1);
  if (first !== '') startWith(statesOf(entity), first);
  for (const name of loud) if (!isForeign(reading, statesOf(entity), name)) addState(statesOf(entity), name);
};

const readMove = (
  reading: Reading,
  states: DraftStates,
  { at, from, to }: { readonly at: StateText; readonly from: string; readonly to: string },
): void => {
  const a = trimmedTo(states, from);
  const b = trimmedTo(states, to);
  if (a === undefined || b === undefined) {
    if (a !== b) readHalfKnown(reading, at, { name: a === undefined ? from : to, states });
    return;
  }
  if (!NEGATED.test(at.text)) connect(reading, states, { from: a, to: b });
};

/** One end of a move is a state and the other is not: a contradiction where this requirement listed them all. */
const readHalfKnown = (
  reading: Reading,
  at: StateText,
  move: { readonly name: string; readonly states: DraftStates },
): void => {
  if (move.states.declaredBy === reading.source.id) contradict(reading, at, move);
};

const trimmedTo = (states: DraftStates, name: string): string | undefined =>
  known(states, name) ?? known(states, name.split(' ')[0] ?? '');

/** `Publicar formulário PUBLISHED`: the title's action leads to the state it ends with. */
export const readTitleState = (reading: Reading, entity: DraftEntity, action: string | undefined): void => {
  const name = /\b([A-Z]{3,}(?:ED|ADO|IDO|ADA|IDA))\b/.exec(reading.source.title)?.[1];
  if (name === undefined) return;
  const states = statesOf(entity);
  const from = states.states.filter((s) => s !== name).at(-1);
  addState(states, name);
  if (from === undefined || states.transitions.some((t) => t.to === name)) return;
  addTransition(reading, states, { from, to: name, ...(action === undefined ? {} : { action }) });
  assume(
    reading,
    reading.draft.language === 'pt'
      ? `${reading.source.id}: o texto não diz de que estado se chega a ${name}; parte-se de ${from}.`
      : `${reading.source.id}: the text does not say from which state ${name} is reached; it is from ${from}.`,
  );
};
