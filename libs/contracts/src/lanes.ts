import { agentName, cardId, projectId, type AgentName, type CardId, type Lane, type ProjectId } from './ids.js';

/**
 * The one encoder for subject tokens. Letters (ASCII), digits, `-` and `_` stand for themselves; every other byte of the
 * UTF-8 form becomes `=` and two upper-case hex digits, so no token holds a dot, space, `*` or `>`, every id survives
 * the round trip, and two ids never share a token. `_` alone is written `=5F`, because `_` marks an absent part.
 */
export const encodeToken = (text: string): string => {
  if (text === '_') return '=5F';
  if (/^[A-Za-z0-9_-]+$/.test(text)) return text;
  let out = '';
  for (const byte of new TextEncoder().encode(text)) {
    const char = String.fromCharCode(byte);
    out += /[A-Za-z0-9_-]/.test(char) ? char : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
};

/** Inverse of `encodeToken`. @throws RangeError for a token that the encoder can't have written. */
export const decodeToken = (token: string): string => {
  if (/^[A-Za-z0-9_-]+$/.test(token)) return token;
  const bytes: number[] = [];
  for (let i = 0; i < token.length; i++) {
    if (token[i] !== '=') {
      bytes.push(token.charCodeAt(i));
      continue;
    }
    const hex = token.slice(i + 1, i + 3);
    if (!/^[0-9A-F]{2}$/.test(hex)) throw new RangeError(`not an encoded token: ${JSON.stringify(token)}`);
    bytes.push(Number.parseInt(hex, 16));
    i += 2;
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes));
};

export const LOG_STREAM = 'SQUAD_LOG';

export const projectLane = (project: ProjectId): Lane => `squad.${encodeToken(project)}._._.decided` as Lane;

export interface CardAddress {
  readonly project: ProjectId;
  readonly agent: AgentName;
  readonly card: CardId;
}

const cardLane = (at: CardAddress, lane: 'decided' | 'attempt'): Lane =>
  `squad.${encodeToken(at.project)}.${encodeToken(at.agent)}.${encodeToken(at.card)}.${lane}` as Lane;

export const decidedLane = (at: CardAddress): Lane => cardLane(at, 'decided');
export const attemptLane = (at: CardAddress): Lane => cardLane(at, 'attempt');

export type LaneAddress =
  { readonly kind: 'project'; readonly project: ProjectId } | ({ readonly kind: 'decided' | 'attempt' } & CardAddress);

const addressed = (tokens: readonly [string, string, string], kind: 'decided' | 'attempt'): LaneAddress | undefined => {
  const [project, agent, card] = tokens;
  if (agent !== '_' || card !== '_')
    return {
      kind,
      project: projectId(decodeToken(project)),
      agent: agentName(decodeToken(agent)),
      card: cardId(decodeToken(card)),
    };
  return kind === 'decided' ? { kind: 'project', project: projectId(decodeToken(project)) } : undefined;
};

const LANE = /^squad\.([^.]+)\.([^.]+)\.([^.]+)\.(decided|attempt)$/;

/** Takes a lane apart. Undefined for text that is no lane of ours. */
export const parseLane = (lane: string): LaneAddress | undefined => {
  const [, project = '', agent = '', card = '', kind] = LANE.exec(lane) ?? [];
  if (kind !== 'decided' && kind !== 'attempt') return undefined;
  try {
    return addressed([project, agent, card], kind);
  } catch {
    return undefined;
  }
};
