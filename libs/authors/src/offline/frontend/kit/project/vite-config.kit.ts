import type { KitFile } from '../kit-file.js';

export const projectViteConfig: KitFile = {
  path: 'vite.config.ts',
  text: `import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where a development server passes calls of the API on to. */
const target = process.env.API_TARGET ?? 'http://localhost:8000';
const proxy = { '/api': { target, changeOrigin: true } };

export default defineConfig({
  // Relative addresses: the built files work under any path.
  base: './',
  plugins: [react()],
  server: { proxy },
  preview: { proxy },
});
`,
};
