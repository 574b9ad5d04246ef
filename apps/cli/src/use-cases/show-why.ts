import { readTexts, type ArtifactStore } from '@squados/artifacts';
import { notesAbout, projectRecord } from '@squados/board';
import type { CardId, ProjectId } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import type { CliContext } from '../cli-context.js';
import { requireProject } from '../views/project-of.js';
import { whyLines, whyPage, type WhyPage } from '../views/why-page.js';
import { readFold } from './read-fold.js';
import { requireCard } from './require-card.js';
import { withReader } from './with-reader.js';
import type { PlaceOptions } from './place.js';

export const showWhy = async (
  context: CliContext,
  id: string,
  options: PlaceOptions & { readonly json?: boolean },
): Promise<void> => {
  const page = await withReader(context, options, async ({ folder, log, artifacts }) => {
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
  const known = projectRecord(fold.catalog, project);
  const notes = known ? notesAbout(known, id) : [];
  const texts = await readTexts(
    artifacts,
    notes.map(({ sha256 }) => sha256),
  );
  return whyPage(fold, { project, id, notes: texts });
};
