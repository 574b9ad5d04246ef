import type { KitFile } from '../kit-file.js';

export const projectTsconfigStories: KitFile = {
  path: 'tsconfig.stories.json',
  text: `{
  "extends": "./tsconfig.json",
  "include": ["src/**/*.stories.tsx", "src/vite-env.d.ts"],
  "exclude": []
}
`,
};
