import { position, type Position } from '@squados/contracts';

export type Resume =
  /** Nothing was given: begin with what is recent. */
  | { readonly kind: 'fresh' }
  | { readonly kind: 'after'; readonly position: Position }
  /** Another log's token, or none at all: what the client holds is of no use here. */
  | { readonly kind: 'reset' };

const TOKEN = /^(.+):(\d{1,15})$/;

/** Where a client goes on; `<logId>:<position>` is what it got as the id of the last message. */
export const resumeOf = (
  token: string | undefined,
  log: { readonly logId: string; readonly head: Position },
): Resume => {
  if (token === undefined || token === '') return { kind: 'fresh' };
  const [, logId, digits] = TOKEN.exec(token) ?? [];
  const at = Number(digits);
  if (logId !== log.logId || at > log.head) return { kind: 'reset' };
  return { kind: 'after', position: position(at) };
};
