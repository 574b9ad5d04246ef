import { useMemo, useState } from 'react';
import { api } from '../api/api.js';
import { useWords } from '../words/language.js';
import { ArtifactList } from './artifact-list.js';
import { ProblemNote } from './problem-note.js';
import { useLoaded } from './use-loaded.js';

const MOST = 300;

/** Everything that counts as delivered now. The key changes when a card ends. */
export const ArtifactsPage = ({ revision }: { readonly revision: string }) => {
  const words = useWords();
  const [text, setText] = useState('');
  const loaded = useLoaded((signal) => api.artifacts(signal), { subject: 'artifacts', key: revision });
  const entries = loaded.kind === 'loaded' ? loaded.value : undefined;
  const found = useMemo(
    () => (entries ?? []).filter(({ path, card }) => `${path} ${card}`.toLowerCase().includes(text.toLowerCase())),
    [entries, text],
  );
  return (
    <section className="artifacts">
      <h2 className="sr-only">{words.nav.artifacts}</h2>
      <input
        type="search"
        aria-label={words.artifact.find}
        placeholder={words.artifact.find}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {loaded.kind === 'loading' && <p>{words.artifact.loading}</p>}
      {loaded.kind === 'failed' && <ProblemNote problem={loaded.problem} />}
      {entries?.length === 0 && <p className="column-empty">{words.artifact.none}</p>}
      <ArtifactList artifacts={found.slice(0, MOST)} showCard />
      {found.length > MOST && <p className="note">+{found.length - MOST}</p>}
    </section>
  );
};
