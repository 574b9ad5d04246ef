import type { KitFile } from '../kit-file.js';

export const stylesShell: KitFile = {
  path: 'src/styles/shell.css',
  text: `/* Shell */
.shell {
  display: grid;
  grid-template: 'header header' auto 'nav main' 1fr / 15rem 1fr;
  min-height: 100vh;
}

.shell-header {
  grid-area: header;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: var(--space-2) var(--space-4);
  padding: var(--space-3) var(--space-5);
  border-bottom: 1px solid var(--line);
  background: var(--surface);
}

.brand {
  color: var(--ink);
  font-size: 1.1rem;
  font-weight: 700;
  text-decoration: none;
}

.brand::before {
  content: '';
  display: inline-block;
  width: 0.8rem;
  height: 0.8rem;
  margin-right: var(--space-2);
  border-radius: 0.25rem;
  background: var(--accent);
}

.shell-settings {
  display: flex;
  gap: var(--space-2);
}

.shell-nav {
  grid-area: nav;
  padding: var(--space-4) var(--space-3);
  border-right: 1px solid var(--line);
  background: var(--surface);
}

.shell-nav ul {
  display: grid;
  gap: var(--space-1);
  padding: 0;
  list-style: none;
}

.shell-nav a {
  display: block;
  padding: var(--space-2) var(--space-3);
  border-radius: var(--radius);
  color: var(--ink);
  text-decoration: none;
  overflow-wrap: anywhere;
}

.shell-nav a:hover {
  background: var(--paper);
}

.shell-nav a[aria-current='page'] {
  background: var(--accent-soft);
  color: var(--accent-strong);
  font-weight: 600;
}

.shell-main {
  grid-area: main;
  min-width: 0;
  padding: var(--space-5) var(--space-6);
}

.shell-main:focus {
  outline: none;
}
`,
};
