import type { CardEvidence, DependencyInput } from '@squados/agent-runtime';
import { manifestHash, type CardId } from '@squados/contracts';
import type { QaSubject } from './qa-result.js';

export const BACKEND = 'engenharia/backend/';
export const FRONTEND = 'engenharia/frontend/';

/** One delivered half of the product: its card, its files, and what is on record for it. */
export interface Half {
  readonly card: CardId;
  readonly files: ReadonlyMap<string, string>;
  readonly manifest: DependencyInput['manifest'];
  /** Absent: nothing on record for exactly these files. */
  readonly evidence?: CardEvidence;
}

export interface Subject {
  readonly backend?: Half;
  readonly frontend?: Half;
}

export const halvesOf = ({ backend, frontend }: Subject): readonly Half[] =>
  [backend, frontend].flatMap((h) => h ?? []);

/** What a QA card looks at: of its dependencies, the naturally last that delivered each half. */
export const readSubject = async ({ task, tools }: QaSubject): Promise<Subject> => {
  const half = async (prefix: string): Promise<Half | undefined> => {
    const delivered = task.dependencies.filter((d) => Object.keys(d.manifest).some((path) => path.startsWith(prefix)));
    const source = delivered.at(-1);
    return source && readHalf(source, prefix, tools);
  };
  const [backend, frontend] = await Promise.all([half(BACKEND), half(FRONTEND)]);
  return { ...(backend && { backend }), ...(frontend && { frontend }) };
};

const readHalf = async (source: DependencyInput, prefix: string, tools: QaSubject['tools']): Promise<Half> => {
  const decoder = new TextDecoder();
  const named = Object.entries(source.manifest).filter(([path]) => path.startsWith(prefix));
  const files = await Promise.all(
    named.map(async ([path, hash]) => [path, decoder.decode(await tools.readArtifact(hash))] as const),
  );
  const evidence = await tools.evidence?.(source.card.id);
  const { manifest } = source;
  const current = evidence?.manifestHash === manifestHash(manifest) ? { evidence } : {};
  return { card: source.card.id, files: new Map(files), manifest, ...current };
};
