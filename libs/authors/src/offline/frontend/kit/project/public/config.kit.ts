import type { KitFile } from '../../kit-file.js';

export const projectPublicConfig: KitFile = {
  path: 'public/config.json',
  text: `{}
`,
};
