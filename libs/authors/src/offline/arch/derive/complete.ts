import type { DomainModel, EntityModel, FieldModel, OperationModel, StateModel } from '@squados/contracts';
import type { Draft, DraftEntity } from './draft.js';
import { rulesWithData } from './rule-data.js';
import { isSameAction } from './verbs.js';

const REQUIRED_NAMES = /^(nome|name|titulo|title)$/;
const KINDS: readonly OperationModel['kind'][] = ['create', 'read', 'update', 'delete', 'list'];

type Say = (pt: string, en: string) => string;

/** What is added where the text is silent: each addition comes with the words that admit it. */
interface Completed<T> {
  readonly value: T;
  readonly assumptions: readonly string[];
}

const assumedFields = (entity: DraftEntity, say: Say): readonly FieldModel[] => [
  {
    name: say('nome', 'name'),
    label: say('Nome', 'Name'),
    type: 'string',
    required: true,
    max: 200,
    source: 'assumption',
  },
  {
    name: say('descricao', 'description'),
    label: say('Descrição', 'Description'),
    type: 'text',
    required: false,
    max: 2000,
    source: 'assumption',
  },
];

const withoutState = (entity: DraftEntity): readonly FieldModel[] =>
  entity.fields.filter((f) => f.name !== entity.states?.field);

const completeFields = (entity: DraftEntity, say: Say): Completed<readonly FieldModel[]> => {
  const own = withoutState(entity);
  if (own.length === 0 && entity.relations.length < 2) {
    const text = say(
      `${entity.label}: o texto não nomeia campos; supõe-se nome (obrigatório, até 200 caracteres) e descrição (até 2000).`,
      `${entity.label}: the text names no fields; a name (required, up to 200 characters) and a description (up to 2000) are assumed.`,
    );
    return { value: [...assumedFields(entity, say), ...entity.fields], assumptions: [text] };
  }
  const main = entity.fields.find((f) => REQUIRED_NAMES.test(f.name));
  if (!main || entity.fields.some((f) => f.required)) return { value: entity.fields, assumptions: [] };
  const text = say(
    `${entity.label}: o texto não diz o que é obrigatório; supõe-se ${main.label}.`,
    `${entity.label}: the text does not say what is required; ${main.label} is assumed to be.`,
  );
  return { value: entity.fields.map((f) => (f === main ? { ...f, required: true } : f)), assumptions: [text] };
};

const stateField = (entity: DraftEntity, states: StateModel, say: Say): FieldModel => {
  const old = entity.fields.find((f) => f.name === states.field);
  return {
    name: states.field,
    label: old?.label ?? say('Situação', 'Status'),
    type: 'enum',
    required: true,
    values: states.states,
    default: states.initial,
    source: old?.source ?? states.transitions[0]?.requirement ?? entity.requirements[0] ?? 'assumption',
  };
};

const completeStates = (entity: DraftEntity): StateModel | undefined => {
  const states = entity.states;
  if (!states || states.states.length < 2) return undefined;
  return {
    field: states.field,
    initial: states.initial,
    states: [...states.states],
    transitions: [...states.transitions],
  };
};

/** Transitions are actions of the API even where no sentence names the verb. */
const transitionActions = (states: StateModel | undefined): readonly OperationModel[] => [
  ...new Map(
    (states?.transitions ?? []).map((t) => [
      t.action,
      { kind: 'action' as const, action: t.action, requirement: t.requirement },
    ]),
  ).values(),
];

const completeOperations = (
  entity: DraftEntity,
  states: StateModel | undefined,
  say: Say,
): Completed<readonly OperationModel[]> => {
  const named = entity.operations;
  const actions = transitionActions(states).filter(
    (a) => !named.some((o) => isSameAction(o.action ?? '', a.action ?? '')),
  );
  const missing = KINDS.filter((kind) => !named.some((o) => o.kind === kind));
  const value = [...named, ...actions, ...missing.map((kind) => ({ kind, requirement: 'assumption' }))];
  if (missing.length === 0) return { value, assumptions: [] };
  const list = missing.map((k) => say(PT_KINDS[k], k)).join(', ');
  const text = say(
    `${entity.label}: o texto não fala em ${list}; a API oferece também isso.`,
    `${entity.label}: the text does not speak of ${list}; the API offers that too.`,
  );
  return { value, assumptions: [text] };
};

const PT_KINDS: Readonly<Record<OperationModel['kind'], string>> = {
  create: 'criar',
  read: 'consultar',
  update: 'alterar',
  delete: 'excluir',
  list: 'listar',
  action: 'agir',
};

/** An action that leads nowhere is for rows that are still under way: it keeps their state, and is refused in a final one. */
const completeActions = (
  { label }: DraftEntity,
  states: StateModel,
  { operations, say }: { readonly operations: readonly OperationModel[]; readonly say: Say },
): Completed<StateModel> => {
  const idle = operations.filter((o) => o.kind === 'action' && !states.transitions.some((t) => t.action === o.action));
  const open = states.states.filter((state) => states.transitions.some((t) => t.from === state));
  if (idle.length === 0 || open.length === 0) return { value: states, assumptions: [] };
  const staying = idle.flatMap(({ action = '', requirement }) =>
    open.map((state) => ({ action, from: state, to: state, requirement })),
  );
  const [names, where] = [idle.map((o) => o.action).join(', '), open.join(', ')];
  const text = say(
    `${label}: o texto não diz a que estado levam estas ações; elas mantêm o estado e só valem em ${where}: ${names}.`,
    `${label}: the text does not say which state these actions lead to; they keep it, and are allowed in ${where} alone: ${names}.`,
  );
  return { value: { ...states, transitions: [...states.transitions, ...staying] }, assumptions: [text] };
};

const completeEntity = (entity: DraftEntity, say: Say): Completed<EntityModel> => {
  const moving = completeStates(entity);
  const fields = completeFields(entity, say);
  const operations = completeOperations(entity, moving, say);
  const acting = moving && completeActions(entity, moving, { operations: operations.value, say });
  const states = acting?.value;
  const own = states ? fields.value.filter((f) => f.name !== states.field) : fields.value;
  const taken = new Set(own.map((f) => f.name));
  return {
    value: {
      name: entity.name,
      label: entity.label,
      labelPlural: entity.labelPlural,
      table: entity.table,
      resource: entity.resource,
      description: entity.description,
      fields: (states ? [...own, stateField(entity, states, say)] : own).map((f) => ({ ...f })),
      relations: entity.relations.filter((r) => !taken.has(r.field)).map((r) => ({ ...r })),
      ...(states ? { states } : {}),
      operations: operations.value,
      requirements: [...entity.requirements],
    },
    assumptions: [...fields.assumptions, ...operations.assumptions, ...(acting?.assumptions ?? [])],
  };
};

/** The model that a draft stands for, with what the text leaves open decided and admitted. */
export const completeModel = (draft: Draft): DomainModel => {
  const say: Say = (pt, en) => (draft.language === 'pt' ? pt : en);
  const done = draft.entities.map((e) => completeEntity(e, say));
  const unlimited = done.some(({ value }) => value.fields.some((f) => f.type === 'string' && f.max === undefined));
  const general = unlimited
    ? [
        say(
          'Textos curtos sem limite declarado aceitam até 255 caracteres.',
          'Short texts without a stated limit take up to 255 characters.',
        ),
      ]
    : [];
  return {
    version: 1,
    product: draft.product,
    language: draft.language,
    entities: done.map((d) => d.value),
    rules: rulesWithData(
      draft,
      done.map((d) => d.value),
    ),
    assumptions: [...draft.assumptions, ...done.flatMap((d) => d.assumptions), ...general],
  };
};
