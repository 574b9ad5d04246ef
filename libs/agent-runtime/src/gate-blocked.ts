import type { RoleResult } from './role.js';

/** Thrown by a gate that can't look at all: the attempt ends as if its role had said so, and nothing passes unseen. */
export class GateBlocked extends Error {
  override readonly name = 'GateBlocked';
  constructor(readonly result: Exclude<RoleResult, { readonly kind: 'written' }>) {
    super('the gate can look at nothing');
  }
}
