import type { DomainModel, EntityModel, FieldModel, OperationModel, RuleModel } from '@squados/contracts';
import type { RequirementSource } from '../derive/draft.js';

/** What one requirement brought into the model: the subject of its card's design. */
export interface Contribution {
  readonly source: RequirementSource;
  /** 1 for the first requirement of the project. */
  readonly ordinal: number;
  readonly before: DomainModel;
  readonly model: DomainModel;
  /** Entities that it introduced or changed, as they are now; never empty. */
  readonly entities: readonly EntityModel[];
  readonly introduced: readonly EntityModel[];
  readonly fields: readonly { readonly entity: EntityModel; readonly field: FieldModel }[];
  readonly operations: readonly { readonly entity: EntityModel; readonly operation: OperationModel }[];
  readonly rules: readonly RuleModel[];
  /** Assumptions that the model did not have before. */
  readonly assumptions: readonly string[];
}

const touched = (model: DomainModel, id: string): readonly EntityModel[] => {
  const named = new Set(model.rules.filter((r) => r.requirement === id).map((r) => r.entity));
  return model.entities.filter(
    (e) =>
      e.requirements.includes(id) ||
      named.has(e.name) ||
      e.operations.some((o) => o.requirement === id) ||
      e.fields.some((f) => f.source === id),
  );
};

/** Compares the model before and after a requirement. */
export const contributionOf = (
  pair: { readonly before: DomainModel; readonly model: DomainModel },
  source: RequirementSource,
  ordinal: number,
): Contribution => {
  const { before, model } = pair;
  const entities = touched(model, source.id);
  const old = new Set(before.entities.map((e) => e.name));
  const shown = entities.length > 0 ? entities : model.entities.slice(0, 1);
  return {
    source,
    ordinal,
    before,
    model,
    entities: shown,
    introduced: shown.filter((e) => !old.has(e.name)),
    fields: shown.flatMap((entity) =>
      entity.fields.filter((f) => f.source === source.id).map((field) => ({ entity, field })),
    ),
    operations: shown.flatMap((entity) =>
      entity.operations.filter((o) => o.requirement === source.id).map((operation) => ({ entity, operation })),
    ),
    rules: model.rules.filter((r) => r.requirement === source.id),
    assumptions: model.assumptions.filter((a) => !before.assumptions.includes(a)),
  };
};
