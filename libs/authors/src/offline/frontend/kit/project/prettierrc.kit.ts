import type { KitFile } from '../kit-file.js';

export const projectPrettierrc: KitFile = {
  path: '.prettierrc.json',
  text: `{ "printWidth": 120, "singleQuote": true }
`,
};
