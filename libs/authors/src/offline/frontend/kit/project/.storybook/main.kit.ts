import type { KitFile } from '../../kit-file.js';

export const projectStorybookMain: KitFile = {
  path: '.storybook/main.ts',
  text: `import type { StorybookConfig } from '@storybook/react-vite';

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../src/**/*.stories.tsx'],
};

export default config;
`,
};
