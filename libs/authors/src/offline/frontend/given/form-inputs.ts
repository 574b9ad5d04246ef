import type { EntityView, FieldView } from '../app-model/app-model.js';
import { valueName } from '../text/names.js';
import type { WireSend, WireView } from './wire-view.js';

/** What a form asks for: what names the record in the path, then the members of the body. Empty is what need not be sent. */
export const formInputs = (send: WireSend | undefined): readonly FieldView[] => {
  if (!send) return [];
  const members = send.members.map(({ field, isRequired, isNullable }) => ({
    ...field,
    isOptional: false,
    isNullable: !isRequired || isNullable,
  }));
  const inPath = send.pathInputs
    .filter(({ name }) => !members.some((m) => m.name === name))
    .map(({ field }) => ({ ...field, isOptional: false, isNullable: false }));
  return [...inPath, ...members];
};

/** The form of one request as a view of its own: its fields, its names, and the rows that it is about. */
export interface FormView extends EntityView {
  readonly row: NonNullable<EntityView['row']>;
  readonly send: WireSend;
}

const formOf = (e: EntityView, send: WireSend | undefined, isEdit: boolean): readonly FormView[] =>
  send
    ? [
        {
          ...e,
          type: send.type,
          value: valueName(send.type),
          inputs: formInputs(send),
          row: { type: e.type, value: e.value },
          calls: isEdit ? e.calls : withoutUpdate(e),
          send,
        },
      ]
    : [];

const withoutUpdate = (e: EntityView): EntityView['calls'] => {
  const { update: _update, ...calls } = e.calls;
  return calls;
};

export const draftForms = (e: EntityView): readonly FormView[] => formOf(e, wireOf(e).create, false);
export const changeForms = (e: EntityView): readonly FormView[] => formOf(e, wireOf(e).update, true);

/** The view's wire side; a view of our own contracts has none. */
export const wireOf = (e: EntityView): WireView => e.wire ?? { idParts: [], choices: [] };
