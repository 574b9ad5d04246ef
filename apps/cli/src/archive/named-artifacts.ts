import type { ArtifactStore } from '@squados/artifacts';
import { sha256, type Position, type Sha256 } from '@squados/contracts';
import type { RawCommit } from '@squados/event-log';

/** Artifacts of a project. `lost`: without them it is not whole; where they are named. */
export interface NamedArtifacts {
  readonly there: readonly Sha256[];
  readonly lost: ReadonlyMap<Sha256, Position>;
}

const HASH = /"([0-9a-f]{64})"/g;
const BESIDE = /"\$artifact":"([0-9a-f]{64})"/g;

/**
 * Gathers what the bytes of commits name. Whatever looks like a hash and is an artifact here is one: so those are found too that only
 * another build knows to look for. What manifests name, and what large events leave beside the log, has to be there.
 */
export class ArtifactNames {
  private readonly mentioned = new Set<Sha256>();
  private readonly needed = new Map<Sha256, Position>();
  private readonly beside = new Set<Sha256>();

  note({ body, position }: RawCommit): void {
    const text = Buffer.from(body).toString('utf8');
    this.mention(text);
    for (const hash of hashesIn(text, BESIDE)) {
      this.beside.add(hash);
      this.needed.set(hash, position);
    }
    for (const hash of manifestHashes(text)) this.needed.set(hash, position);
  }

  /** In the order of their hashes. */
  async find(artifacts: ArtifactStore): Promise<NamedArtifacts> {
    for (const hash of this.beside) if (await artifacts.has(hash)) this.mention(await textOf(artifacts, hash));
    const there: Sha256[] = [];
    const lost = new Map<Sha256, Position>();
    for (const hash of [...this.mentioned].sort()) {
      const at = this.needed.get(hash);
      if (await artifacts.has(hash)) there.push(hash);
      else if (at !== undefined) lost.set(hash, at);
    }
    return { there, lost };
  }

  private mention(text: string): void {
    for (const hash of hashesIn(text, HASH)) this.mentioned.add(hash);
  }
}

const hashesIn = (text: string, pattern: RegExp): readonly Sha256[] =>
  [...text.matchAll(pattern)].flatMap(([, hash]) => (hash === undefined ? [] : [sha256(hash)]));

const textOf = async (artifacts: ArtifactStore, hash: Sha256): Promise<string> =>
  new TextDecoder().decode(await artifacts.get(hash));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const manifestHashes = (text: string): readonly Sha256[] => {
  if (!text.includes('"CardCompleted"')) return [];
  return eventsIn(text).flatMap((event) => {
    const manifest = isObject(event) && isObject(event['data']) ? event['data']['manifest'] : undefined;
    const hashes = isObject(manifest) ? Object.values(manifest) : [];
    return hashes.filter((hash) => typeof hash === 'string').map((hash) => sha256(hash));
  });
};

const eventsIn = (text: string): readonly unknown[] => {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return []; // parked bytes
  }
};
