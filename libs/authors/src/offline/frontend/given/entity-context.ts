import type { EntityModel } from '@squados/contracts';
import type { GivenResource, JsonObject, ServedOperation } from '@squados/importers/contracts';
import type { FieldContext } from '../app-model/field-view.js';
import type { MemberContext } from './member-fields.js';
import type { PageOperations } from './page-operations.js';
import type { IdPart, WireCall, WireShape } from './wire-view.js';

export interface GivenInput {
  readonly root: JsonObject;
  readonly resource: GivenResource;
  readonly entity: EntityModel;
  readonly operations: Omit<PageOperations, 'left'>;
  readonly note: (text: string) => void;
}

/** What the parts of one entity's view are made with. */
export interface EntityContext extends GivenInput {
  readonly type: string;
  readonly value: string;
  readonly members: MemberContext;
  readonly claim: FieldContext['claim'];
  readonly idParts: readonly IdPart[];
  /** The same schema is one type and one mapping. */
  readonly shapeFor: (schema: unknown) => WireShape;
}

export const callOf = ({ path, method, success }: ServedOperation): WireCall => ({
  path,
  method: method.toUpperCase(),
  answersNothing: success.shape === 'none',
});
