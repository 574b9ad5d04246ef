import type { ArtifactStore } from '@squados/artifacts';
import { currentManifest } from '@squados/board';
import type { Sha256 } from '@squados/contracts';
import type { ProductLinks } from '../wire/index.js';
import type { ProjectAt } from './first-project.js';

/** Where a deployment to this machine writes what answers where. */
const ADDRESSES = 'deploy/local/addresses.json';
const NAMES = ['frontend', 'backend', 'health'] as const;
const LOCAL: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Hash of the addresses that count now: of the last card whose manifest names them. */
export const addressesHash = ({ record }: ProjectAt): Sha256 | undefined => {
  let found: Sha256 | undefined;
  for (const known of record.cards.values()) {
    if (known.spec.agent === 'infra') found = currentManifest(known)?.manifest[ADDRESSES] ?? found;
  }
  return found;
};

/** Outside text: only addresses of this machine are ever offered as links. Undefined for anything else. */
export const parseAddresses = (bytes: Uint8Array): ProductLinks | undefined => {
  const value = jsonOf(bytes);
  if (typeof value !== 'object' || value === null) return undefined;
  const known = value as Readonly<Record<string, unknown>>;
  const links = NAMES.filter((name) => isLocal(known[name])).map((name) => [name, known[name]]);
  return links.length === 0 ? undefined : (Object.fromEntries(links) as ProductLinks);
};

const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
};

const isLocal = (value: unknown): boolean => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return /^https?:$/.test(protocol) && LOCAL.has(hostname);
};

/** Reads the addresses once per hash; calls back when they are there. */
export class ProductAddresses {
  #hash: Sha256 | undefined;
  #links: ProductLinks | undefined;

  constructor(
    private readonly artifacts: ArtifactStore,
    private readonly changed: () => void,
  ) {}

  /** What is known now; what isn't yet is read meanwhile. */
  linksOf(at: ProjectAt): ProductLinks | undefined {
    const hash = addressesHash(at);
    if (hash !== this.#hash) {
      this.#hash = hash;
      this.#links = undefined;
      if (hash !== undefined) void this.#read(hash);
    }
    return this.#links;
  }

  async #read(hash: Sha256): Promise<void> {
    const bytes = await this.artifacts.get(hash).catch(() => undefined); // a lost artifact is the card's trouble, not the page's
    if (bytes === undefined || hash !== this.#hash) return;
    this.#links = parseAddresses(bytes);
    this.changed();
  }
}
