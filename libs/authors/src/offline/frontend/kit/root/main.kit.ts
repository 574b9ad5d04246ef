import type { KitFile } from '../kit-file.js';

export const rootMain: KitFile = {
  path: 'src/main.tsx',
  text: `import { start } from './app/start';
import './styles.css';

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element with the id "root".');
await start(element, (url, init) => window.fetch(url, init), import.meta.env.VITE_API_BASE);
`,
};
