import { keyed, quoted } from '../text/literals.js';
import { valueType } from '../write/types.js';
import type { WireMember } from './member-fields.js';
import type { WireSend } from './wire-view.js';

/** How code reaches a member of any name. */
export const at = (name: string): string => (keyed(name) === name ? `.${name}` : `[${quoted(name)}]`);

/** The function that makes the body of a request. */
export const bodyName = ({ type }: Pick<WireSend, 'type'>): string =>
  `${type.charAt(0).toLowerCase()}${type.slice(1)}Body`;

/** One member of a record or a request in the contract's own type. */
export const wireProperty = ({ wire, isRequired, isNullable, field }: WireMember): string =>
  `readonly ${keyed(wire)}${isRequired ? '' : '?'}: ${valueType(field)}${isNullable ? ' | null' : ''};`;
