import type { EntityView, FieldView } from '../app-model/app-model.js';
import { sampleOf, type Sample } from '../app-model/samples.js';
import { wireOf } from './form-inputs.js';

const NONE: Sample = { wire: null, form: '', shown: '–' };

export const sampleFor = (f: FieldView): Sample => sampleOf(f) ?? NONE;

/** What the tests' one row is called in the API: a text for each part of its id. */
export const idSamples = (e: EntityView): readonly string[] => {
  const { idParts, get, list } = wireOf(e);
  const members = (get?.shape ?? list?.shape)?.members ?? [];
  return idParts.map(({ member, name, label }) => {
    const field = members.find((m) => m.wire === member)?.field;
    return field ? String(sampleFor(field).wire) : sampleFor({ ...TEXT, name, label }).form;
  });
};

const TEXT = { kind: 'string', isOptional: false, isNullable: false, isUnique: false } as const;

/** The id of the tests' one row, as the pages write it. */
export const rowIdOf = (e: EntityView): string => {
  const parts = idSamples(e);
  if (parts.length === 0) return 'only';
  if (parts.length === 1) return parts[0] ?? '';
  return parts.map((part) => encodeURIComponent(part).replaceAll('~', '%7E')).join('~');
};

/** A path of the contract with the tests' values in it. */
export const urlFor = (path: string, values: readonly string[]): string => {
  let place = 0;
  return path.replace(/\{[^{}]+\}/g, () => encodeURIComponent(values[place++] ?? ''));
};
