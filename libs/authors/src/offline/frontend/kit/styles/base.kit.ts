import type { KitFile } from '../kit-file.js';

export const stylesBase: KitFile = {
  path: 'src/styles/base.css',
  text: `/* Colours, spaces and type in one place; light-dark() follows the system unless a person chooses. */
:root {
  color-scheme: light dark;
  --ink: light-dark(#1b2430, #e8ecf1);
  --ink-soft: light-dark(#536071, #a6b1bf);
  --paper: light-dark(#f5f7f9, #12161b);
  --surface: light-dark(#ffffff, #1a2027);
  --line: light-dark(#dbe1e8, #313a45);
  --line-strong: light-dark(#7d8997, #76828f);
  --accent: light-dark(#0b5f6b, #5cc4d0);
  --accent-strong: light-dark(#084a54, #86dbe4);
  --accent-soft: light-dark(#e2f1f3, #17343a);
  --on-accent: light-dark(#ffffff, #06272c);
  --danger: light-dark(#b3261e, #ff9a92);
  --danger-soft: light-dark(#fdeceb, #3a1f1e);
  --success: light-dark(#1c6b3f, #7fd6a5);
  --success-soft: light-dark(#e5f5ec, #16301f);
  --space-1: 0.25rem;
  --space-2: 0.5rem;
  --space-3: 0.75rem;
  --space-4: 1rem;
  --space-5: 1.5rem;
  --space-6: 2rem;
  --radius: 0.5rem;
  --shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 6px 20px rgb(0 0 0 / 5%);
  --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}

:root[data-theme='light'] {
  color-scheme: light;
}

:root[data-theme='dark'] {
  color-scheme: dark;
}

*,
*::before,
*::after {
  box-sizing: border-box;
}

body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 var(--font);
}

h1,
h2,
p,
ul,
dl,
dd {
  margin: 0;
}

h1 {
  font-size: 1.6rem;
  line-height: 1.25;
  letter-spacing: -0.01em;
}

h2 {
  font-size: 1.2rem;
}

h1:focus {
  outline: none;
}

a {
  color: var(--accent);
}

:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}

.visually-hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

.skip-link {
  position: absolute;
  left: var(--space-4);
  top: -4rem;
  z-index: 1;
  padding: var(--space-2) var(--space-4);
  border: 0;
  border-radius: var(--radius);
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
}

.skip-link:focus {
  top: var(--space-2);
}
`,
};
