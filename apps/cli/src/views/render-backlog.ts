import { card } from '@squados/board';
import { exportBacklog } from '@squados/importers';
import type { FoldView } from '@squados/orchestrator';
import { firstProject } from './project-of.js';

/** The folder's project as `backlog_master.json`, in its own words; undefined while there is none. */
export const renderBacklog = (fold: FoldView): string | undefined => {
  const at = firstProject(fold);
  if (at === undefined) return undefined;
  const { title, source } = at.record.started;
  const cards = [...at.record.cards.values()].map(
    ({ spec }) => ({ spec, state: card(fold.board, at.view.id, spec.id)?.state ?? 'TODO' }) as const,
  );
  return exportBacklog({ title, cards, ...(source?.extra === undefined ? {} : { extra: source.extra }) });
};
