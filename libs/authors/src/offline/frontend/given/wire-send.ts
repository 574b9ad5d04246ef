import { shapeOf, typesOf, type JsonObject, type ServedOperation } from '@squados/importers/contracts';
import { callOf, type EntityContext } from './entity-context.js';
import { memberField, membersOf, type WireMember } from './member-fields.js';
import type { IdPart, SentAnswer, WireSend } from './wire-view.js';

/** What a form of one resource sends. */
export const wireSend = (context: EntityContext, operation: ServedOperation, suffix: 'Draft' | 'Change'): WireSend => {
  const refused = new Set(operation.body?.refused.flatMap((at) => (at.length === 1 ? at : [])));
  const members = membersOf(context.members, operation.body?.schema).filter((m) => isSent(context, operation, m));
  return {
    ...callOf(operation),
    type: context.claim(`${context.type}${suffix}`, 'Form'),
    members: members.filter(({ wire }) => !refused.has(wire)),
    isPatch: operation.kind === 'update',
    pathInputs: suffix === 'Draft' ? pathInputs(context, operation) : [],
    answer: answerOf(context, operation),
  };
};

/** What only the server writes stands in no form. */
const isSent = ({ root }: EntityContext, { body }: ServedOperation, { wire, isRequired }: WireMember): boolean => {
  const member = shapeOf(root, body?.schema).members.get(wire);
  return isRequired || member?.['readOnly'] !== true;
};

/** What names the new record in the path: its parents, and its key where clients choose it. */
const pathInputs = ({ idParts }: EntityContext, { path }: ServedOperation): readonly IdPart[] => {
  const count = [...path.matchAll(/\{[^{}]+\}/g)].length;
  return idParts.slice(0, count);
};

const answerOf = (context: EntityContext, { success }: ServedOperation): SentAnswer => {
  if (success.shape === 'none' || success.schema === undefined) return { kind: 'nothing' };
  const key = keyIn(context, success.schema);
  return key ? { kind: 'record', key } : { kind: 'other' };
};

/** The member of an answer that tells the row's key. */
const keyIn = ({ members, idParts }: EntityContext, answer: JsonObject): WireMember | undefined => {
  const wire = idParts.at(-1)?.member;
  const shape = shapeOf(members.root, answer);
  const schema = wire === undefined ? undefined : shape.members.get(wire);
  if (wire === undefined || !schema || typesOf(members.root, schema).length !== 1) return undefined;
  return memberField(members, { wire, schema, isRequired: shape.required.has(wire) });
};
