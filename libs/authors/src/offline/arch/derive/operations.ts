import type { OperationModel } from '@squados/contracts';
import { addOperation, findEntity, type DraftEntity, type Reading } from './draft.js';
import { actsIn, mentionsIn, type Act } from './mentions.js';
import type { Verb } from './verbs.js';

const MANAGED: readonly OperationModel['kind'][] = ['create', 'read', 'update', 'delete', 'list'];

/** An operation of the API for a verb; `manage` stands for all that a thing's life needs. */
export const applyVerb = (reading: Reading, entity: DraftEntity, verb: Verb): void => {
  if (verb.kind === 'manage') for (const kind of MANAGED) addOperation(reading, entity, { kind });
  else if (verb.kind === 'action') addOperation(reading, entity, { kind: 'action', action: verb.slug });
  else addOperation(reading, entity, { kind: verb.kind });
};

const actedOn = (reading: Reading, act: Act, text: string): DraftEntity | undefined => {
  if (!act.passive) return act.thing ? findEntity(reading.draft, act.thing) : undefined;
  return mentionsIn(reading.draft, text)
    .filter((m) => m.place < act.place)
    .at(-1)?.entity;
};

const DENIED =
  /\b(n[ãa]o (?:pode|deve|é|são|existe)|impedir|proib|cannot|can't|must not|may not|never|nunca|prevent|reject|forbidden)/i;

/** Operations that running text states of entities the model knows. */
export const readSentenceOperations = (reading: Reading, text: string): void => {
  if (DENIED.test(text)) return;
  for (const act of actsIn(text, reading.draft.language)) {
    const entity = actedOn(reading, act, text);
    if (entity && !(act.verb.noun && act.verb.kind === 'action')) applyVerb(reading, entity, act.verb);
  }
};

/** `- Clonar Oráculo (como template)`: a bullet that begins with a verb is something people do, with the subject unless it names another thing. */
export const readBulletOperation = (reading: Reading, text: string, subject: DraftEntity): void => {
  const act = actsIn(text, reading.draft.language).find((a) => a.place === 0 && !a.passive && !a.verb.noun);
  if (!act) return;
  const entity = act.thing ? findEntity(reading.draft, act.thing) : subject;
  if (entity) applyVerb(reading, entity, act.verb);
  else if (act.verb.kind === 'update') applyVerb(reading, subject, act.verb);
};
