/** Branded ids: a string of one kind is never taken for one of another. Made only by the functions below. */
declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** A project's id, as people wrote it (any text of 1–200 characters without control characters). */
export type ProjectId = Brand<string, 'ProjectId'>;
/** A card's id, as people wrote it; unique in its project, compared exactly (case matters). */
export type CardId = Brand<string, 'CardId'>;
/** Name of an agent owner, `[a-z][a-z0-9-]*`: product, arch, infra, frontend, backend, qa, or a seventh. */
export type AgentName = Brand<string, 'AgentName'>;
/** One lane of the log, e.g. `squad.P.product.PROD-001.attempt`; only `lanes.ts` composes and takes apart. */
export type Lane = Brand<string, 'Lane'>;
/** Lower-case hex SHA-256 of an artifact's bytes, 64 characters. */
export type Sha256 = Brand<string, 'Sha256'>;
/** Place of a commit in the whole log; ordered, ascending, opaque otherwise. 0 is "before the first commit". */
export type Position = Brand<number, 'Position'>;
/** Place of a commit in the order of its lane (what an append expects); 0 is "the lane is empty". Opaque: only equality counts. */
export type Revision = Brand<number, 'Revision'>;

export const projectId = (text: string): ProjectId => text as ProjectId;
export const cardId = (text: string): CardId => text as CardId;
export const agentName = (text: string): AgentName => text as AgentName;
export const sha256 = (hex: string): Sha256 => hex as Sha256;
export const position = (n: number): Position => n as Position;
export const revision = (n: number): Revision => n as Revision;

export const START: Position = position(0);
export const EMPTY_LANE: Revision = revision(0);
