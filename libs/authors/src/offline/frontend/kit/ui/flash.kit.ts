import type { KitFile } from '../kit-file.js';

export const uiFlash: KitFile = {
  path: 'src/ui/flash.tsx',
  text: `import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';

type Say = (text: string) => void;

const FlashContext = createContext<Say>(() => undefined);

/** Tells the person that something was done; the message outlives the page that said it. */
export const useFlash = (): Say => useContext(FlashContext);

/** Long enough to be read; the page itself shows what came of it. */
const SHOWN_MS = 10_000;

/** Holds the one line that says what was just done, read out politely. */
export function FlashProvider({ children }: { readonly children: ReactNode }) {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setText('');
    }, SHOWN_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [text]);
  const say = useCallback((message: string) => {
    setText(message);
  }, []);
  return (
    <FlashContext.Provider value={say}>
      <div className="flash" role="status" aria-live="polite">
        {text !== '' && <p>{text}</p>}
      </div>
      {children}
    </FlashContext.Provider>
  );
}
`,
};
