import type { KitFile } from '../kit-file.js';

export const rootStyles: KitFile = {
  path: 'src/styles.css',
  text: `@import './styles/base.css';
@import './styles/shell.css';
@import './styles/pages.css';
@import './styles/forms.css';
@import './styles/records.css';
@import './styles/narrow.css';
`,
};
