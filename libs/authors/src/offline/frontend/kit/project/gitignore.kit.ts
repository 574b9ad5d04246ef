import type { KitFile } from '../kit-file.js';

export const projectGitignore: KitFile = {
  path: '.gitignore',
  text: `node_modules/
dist/
coverage/
storybook-static/
`,
};
