import type { KitFile } from '../../kit-file.js';

export const projectStorybookPreview: KitFile = {
  path: '.storybook/preview.ts',
  text: `import '../src/styles.css';

export default { parameters: { layout: 'fullscreen' } };
`,
};
