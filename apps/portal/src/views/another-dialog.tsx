import { useWords } from '../words/language.js';
import { Dialog } from './dialog.js';

/** A folder holds one project: how to have another. */
export const AnotherDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const words = useWords();
  return (
    <Dialog title={words.another.title} className="ask" onClose={onClose}>
      <p>{words.another.text}</p>
      <pre className="content">squados up --new --data ./my-project</pre>
    </Dialog>
  );
};
