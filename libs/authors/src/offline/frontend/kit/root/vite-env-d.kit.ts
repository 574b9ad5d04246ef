import type { KitFile } from '../kit-file.js';

export const rootViteEnvD: KitFile = {
  path: 'src/vite-env.d.ts',
  text: `/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Address of the API, built in; \`config.json\` goes before it. */
  readonly VITE_API_BASE?: string;
}
`,
};
