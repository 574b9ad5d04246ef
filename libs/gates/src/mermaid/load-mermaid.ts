/** The part of mermaid that is used: parsing, no rendering. */
export interface MermaidParser {
  parse(text: string): Promise<unknown>;
}

const BORROWED = [
  'Element',
  'Node',
  'HTMLElement',
  'DocumentFragment',
  'NodeFilter',
  'HTMLTemplateElement',
  'HTMLFormElement',
  'DOMParser',
  'NamedNodeMap',
] as const;

/**
 * Mermaid cleans labels with DOMPurify, which needs a document when it is loaded; happy-dom's is enough (mermaid 11.17, happy-dom 20.14).
 * The window loads nothing and runs no script. DOMPurify keeps it; the globals are taken back once mermaid is loaded.
 */
const lendDocument = async (): Promise<() => void> => {
  const { Window } = await import('happy-dom');
  const window = new Window({
    settings: {
      disableJavaScriptFileLoading: true,
      disableCSSFileLoading: true,
      navigation: {
        disableMainFrameNavigation: true,
        disableChildFrameNavigation: true,
        disableChildPageNavigation: true,
      },
    },
  });
  const borrowed = Object.fromEntries(BORROWED.map((name) => [name, window[name]]));
  const lent = { window, document: window.document, ...borrowed };
  Object.assign(globalThis, lent);
  return () => {
    for (const name of Object.keys(lent)) Reflect.deleteProperty(globalThis, name);
  };
};

let loaded: Promise<MermaidParser> | undefined;

const load = async (): Promise<MermaidParser> => {
  const takeBack = await lendDocument();
  const { default: mermaid } = await import('mermaid').finally(takeBack);
  mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', maxTextSize: 1_000_000, maxEdges: 20_000 });
  return mermaid;
};

/** Loads mermaid once per process (0.6 s). */
export const loadMermaid = (): Promise<MermaidParser> => (loaded ??= load());
