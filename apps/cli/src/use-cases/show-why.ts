import type { ArtifactStore } from '@squados/artifacts';
import { ArtifactError } from '@squados/artifacts';
import { cardRecord, noteOf } from '@squados/board';
import type { CardId, ProjectId, Sha256 } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import type { CliContext } from '../cli-context.js';
import { requireProject } from '../views/project-of.js';
import { whyLines, whyPage, type WhyPage } from '../views/why-page.js';
import { readFold } from './read-fold.js';
import { requireCard } from './require-card.js';
import { withReader } from './with-reader.js';

export const showWhy = async (
  context: CliContext,
  id: string,
  options: { readonly data?: string; readonly json?: boolean },
): Promise<void> => {
  const page = await withReader(context, options.data, async ({ folder, log, artifacts }) => {
    const fold = await readFold(log);
    const at = requireProject(fold, folder.root);
    const { id: known } = requireCard(fold, at, id);
    return pageOf(fold, { project: at.view.id, id: known, artifacts });
  });
  if (page === undefined) return;
  if (options.json) context.terminal.out(JSON.stringify(page, undefined, 2));
  else for (const line of whyLines(page, context.terminal.palette)) context.terminal.out(line);
};

interface Asked {
  readonly project: ProjectId;
  readonly id: CardId;
  readonly artifacts: ArtifactStore;
}

const pageOf = async (fold: FoldView, { project, id, artifacts }: Asked): Promise<WhyPage | undefined> => {
  const record = cardRecord(fold.catalog, project, id);
  const cards = [id, ...(record?.spec.dependencies ?? [])];
  const notes = cards.flatMap((card) => {
    const known = cardRecord(fold.catalog, project, card);
    return (known && noteOf(known)) ?? [];
  });
  const texts = await Promise.all(notes.map(({ sha256 }) => textAt(sha256, artifacts)));
  return whyPage(fold, { project, id, notes: new Map(texts.flat()) });
};

/** A note that is gone or broken leaves its criteria unchecked; `squados events --verify` names the loss. */
const textAt = async (hash: Sha256, artifacts: ArtifactStore): Promise<readonly (readonly [Sha256, string])[]> => {
  try {
    return [[hash, new TextDecoder().decode(await artifacts.get(hash))]];
  } catch (error) {
    if (error instanceof ArtifactError && (error.code === 'missing' || error.code === 'corrupt')) return [];
    throw error;
  }
};
