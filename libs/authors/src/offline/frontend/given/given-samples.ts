import type { EntityView } from '../app-model/app-model.js';
import { keyed, quoted } from '../text/literals.js';
import { literal } from '../write/fixtures-file.js';
import { wireOf } from './form-inputs.js';
import { idSamples, rowIdOf, sampleFor } from './given-ids.js';
import type { WireMember } from './member-fields.js';
import type { WireSend } from './wire-view.js';

/** Members of a request or an answer, as entries of a literal: `name: 'Ana',`. */
export const wireEntries = (members: readonly WireMember[]): readonly string[] =>
  members.map(({ wire, field }) => `${keyed(wire)}: ${literal(sampleFor(field).wire)},`);

/** What a form's fields hold in the tests for the parts of a path. */
export const pathValues = ({ pathInputs, members }: WireSend): readonly string[] =>
  pathInputs.map(({ name, field }) => {
    const own = members.find((m) => m.field.name === name)?.field;
    return String(sampleFor(own ?? field).wire);
  });

/** An address of the list with everything in it that it asks for. */
export const listHash = (e: EntityView): string => {
  const query = new URLSearchParams(neededQuery(e).map(({ name, form }): [string, string] => [name, form]));
  const text = query.toString();
  return quoted(`#/${e.resource}${text === '' ? '' : `?${text}`}`);
};

/** What the list must be asked for before it shows anything: as it stands in an address, and as an expression. */
export const neededQuery = (e: EntityView): readonly Needed[] => {
  const parts = wireOf(e).idParts;
  const samples = idSamples(e);
  const ofPart = (name: string, place: number): Needed => {
    const form = samples[place] ?? '';
    return { name, form, expression: quoted(form) };
  };
  const { list } = wireOf(e);
  if (!list) return parts.map(({ name }, i) => ofPart(name, i));
  return list.asked
    .filter((f) => f.isRequired)
    .map(({ name, field }) => {
      const part = parts.findIndex((p) => p.name === name);
      if (part !== -1) return ofPart(name, part);
      const { form, wire } = sampleFor(field);
      return { name, form, expression: field.kind === 'datetime' ? quoted(form) : literal(wire) };
    });
};

interface Needed {
  readonly name: string;
  readonly form: string;
  readonly expression: string;
}

/** The address of the tests' one row. */
export const rowHash = (e: EntityView, ...rest: readonly string[]): string =>
  quoted(`#/${[e.resource, rowIdOf(e), ...rest].map(encodeURIComponent).join('/')}`);
