import type { KitFile } from '../kit-file.js';

export const uiFlash: KitFile = {
  path: 'src/ui/flash.tsx',
  text: `import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

type Say = (text: string) => void;

const FlashContext = createContext<Say>(() => undefined);

/** Tells the person that something was done; the message outlives the page that said it. */
export const useFlash = (): Say => useContext(FlashContext);

/** Holds the one line that says what was just done, read out politely. */
export function FlashProvider({ children }: { readonly children: ReactNode }) {
  const [text, setText] = useState('');
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
