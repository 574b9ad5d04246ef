import { useState } from 'react';
import type { ArtifactEntry } from '@squados/portal-gateway/wire';
import { api } from '../api/api.js';
import { Markdown } from '../markdown/markdown.js';
import { useWords } from '../words/language.js';
import { textOf } from './artifact-text.js';
import { Dialog } from './dialog.js';
import { ProblemNote } from './problem-note.js';
import { useLoaded } from './use-loaded.js';

interface ArtifactProps {
  readonly artifact: ArtifactEntry;
  readonly onClose: () => void;
}

export const ArtifactDialog = ({ artifact, onClose }: ArtifactProps) => {
  const words = useWords();
  const { sha256 } = artifact;
  const loaded = useLoaded((signal) => api.artifact(sha256, signal), { subject: sha256, key: sha256 });
  return (
    <Dialog title={<code>{artifact.path}</code>} className="wide" onClose={onClose}>
      <p className="note">
        {words.artifact.of(artifact.card)} · sha256 {sha256.slice(0, 16)}… ·{' '}
        <a href={`/api/artifacts/${sha256}`} target="_blank" rel="noreferrer">
          {words.artifact.open}
        </a>
      </p>
      {loaded.kind === 'loading' && <p>{words.artifact.loading}</p>}
      {loaded.kind === 'failed' && <ProblemNote problem={loaded.problem} />}
      {loaded.kind === 'loaded' && <Content path={artifact.path} bytes={loaded.value} />}
    </Dialog>
  );
};

const Content = ({ path, bytes }: { readonly path: string; readonly bytes: ArrayBuffer }) => {
  const words = useWords();
  const [isSource, setSource] = useState(false);
  const content = textOf(bytes);
  if (content.kind === 'binary') return <p>{words.artifact.binary(bytes.byteLength)}</p>;
  const isMarkdown = /\.(md|markdown)$/i.test(path);
  return (
    <>
      {isMarkdown && (
        <button type="button" className="quiet" aria-pressed={isSource} onClick={() => setSource(!isSource)}>
          {isSource ? words.artifact.rendered : words.artifact.source}
        </button>
      )}
      {isMarkdown && !isSource ? (
        <Markdown text={content.text} />
      ) : (
        <pre className="content" tabIndex={0}>
          {content.text}
        </pre>
      )}
      {content.isCut && <p className="note">{words.artifact.cut(content.text.length)}</p>}
    </>
  );
};
