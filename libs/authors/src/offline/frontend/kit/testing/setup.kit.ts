import type { KitFile } from '../kit-file.js';

export const testingSetup: KitFile = {
  path: 'src/testing/setup.ts',
  text: `import '@testing-library/jest-dom/jest-globals';
import { afterEach } from '@jest/globals';
import { configure } from '@testing-library/react';

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 20_000 });

const hasPage = typeof window !== 'undefined';

// jsdom has no modal dialogs.
if (hasPage)
  HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
    this.open = true;
  };

afterEach(() => {
  if (!hasPage) return;
  window.localStorage.clear();
  window.location.hash = '';
});
`,
};
