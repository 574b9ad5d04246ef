import type { ArtifactEntry } from '@squados/portal-gateway/wire';
import { useState } from 'react';
import { ArtifactDialog } from './artifact-dialog.js';

interface ListProps {
  readonly artifacts: readonly ArtifactEntry[];
  /** Whether each names the card that made it. */
  readonly showCard?: boolean;
}

/** Paths that open their content. */
export const ArtifactList = ({ artifacts, showCard = false }: ListProps) => {
  const [open, setOpen] = useState<ArtifactEntry>();
  return (
    <>
      <ul className="artifact-list">
        {artifacts.map((artifact) => (
          <li key={`${artifact.card} ${artifact.path}`}>
            <button type="button" className="link" onClick={() => setOpen(artifact)}>
              <PathText path={artifact.path} />
            </button>
            {showCard && <span className="card-id">{artifact.card}</span>}
          </li>
        ))}
      </ul>
      {open !== undefined && <ArtifactDialog artifact={open} onClose={() => setOpen(undefined)} />}
    </>
  );
};

const PathText = ({ path }: { readonly path: string }) => {
  const cut = path.lastIndexOf('/') + 1;
  return (
    <>
      <span className="folder">{path.slice(0, cut)}</span>
      {path.slice(cut)}
    </>
  );
};
