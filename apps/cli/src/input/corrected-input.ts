import type { Task } from '@squados/agent-runtime';
import { prefixOf, type CardSpec, type Sha256 } from '@squados/contracts';
import type { ArtifactStore } from '@squados/artifacts';
import { CliError } from '../cli-error.js';
import { SOLO_AGENTS } from '../solo/solo-agents.js';
import type { ProjectAt } from '../views/project-of.js';
import { readBacklog } from './backlog.js';
import { isBacklog } from './detect-input.js';
import { attachmentOf } from './project-input.js';
import { readInputFile, type InputFile } from './input-file.js';

export interface Corrected {
  readonly cwd: string;
  /** As given on the command line. */
  readonly file: string;
  readonly at: ProjectAt;
  /** What the project's cards were given. */
  readonly artifacts: Pick<ArtifactStore, 'get'>;
}

/**
 * The cards that a corrected file says: those of a backlog, or those that the product owner would derive from a requirements
 * document. @throws CliError for a file that can't be read or is not sound, or a document that the project was not made from.
 */
export const correctedCards = async ({ cwd, file: given, at, artifacts }: Corrected): Promise<readonly CardSpec[]> => {
  const file = await readInputFile(cwd, given);
  if (isBacklog(file)) return readBacklog(file, { lenient: false, knownAgents: SOLO_AGENTS }).cards;
  return derivedCards(file, at, artifacts);
};

const derivedCards = async (
  file: InputFile,
  at: ProjectAt,
  artifacts: Corrected['artifacts'],
): Promise<readonly CardSpec[]> => {
  const epic = withDocument(epicOf(file, at), file);
  const { createProductRole } = await import('@squados/agent-product');
  const result = await createProductRole().write(taskOf(epic, at), {
    signal: new AbortController().signal,
    readArtifact: (hash: Sha256) => (hash === file.sha256 ? Promise.resolve(file.bytes) : artifacts.get(hash)),
    note: () => undefined,
  });
  if (result.kind === 'released') throw new CliError(result.reason);
  if (result.kind === 'failed') throw new CliError(result.message, { code: result.code });
  return result.proposals.map((proposal) => proposal.card);
};

const epicOf = (file: InputFile, { record }: ProjectAt): CardSpec => {
  const epics = [...record.cards.values()].map((card) => card.spec).filter((spec) => prefixOf(spec.id) === 'EPIC');
  const epic = epics.find((spec) => (spec.attachments ?? []).length > 0);
  if (epic) return epic;
  throw new CliError(`${file.given}: this project was not made from a requirements document`, {
    code: 'no-epic',
    remedy: ['give the corrected backlog instead'],
  });
};

/** The document takes the place of the one of its name, or of the only one. */
const withDocument = (epic: CardSpec, file: InputFile): CardSpec => {
  const documents = epic.attachments ?? [];
  const isMeant = (name: string): boolean => name === file.name || documents.length === 1;
  if (!documents.some(({ name }) => isMeant(name)))
    throw new CliError(`${file.given}: ${epic.id} was made from ${documents.map((d) => d.name).join(', ')}`, {
      code: 'other-document',
      remedy: ['give the corrected file the name of the document that it replaces'],
    });
  return { ...epic, attachments: documents.map((one) => (isMeant(one.name) ? attachmentOf(file) : one)) };
};

/** The epic alone, as it was before its cards were there. */
const taskOf = (card: CardSpec, { view, record }: ProjectAt): Task => {
  const { title, agents, policy, source } = record.started;
  const project = { id: view.id, title, agents, policy, documents: source?.documents ?? [] };
  return { project, card, attempt: 1, dependencies: [], cards: [card] };
};
