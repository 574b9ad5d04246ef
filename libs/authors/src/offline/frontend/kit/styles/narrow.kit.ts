import type { KitFile } from '../kit-file.js';

export const stylesNarrow: KitFile = {
  path: 'src/styles/narrow.css',
  text: `@media (max-width: 48rem) {
  .shell {
    grid-template: 'header' auto 'nav' auto 'main' 1fr / minmax(0, 1fr);
  }

  .shell-nav {
    padding: var(--space-2) var(--space-3);
    border-right: 0;
    border-bottom: 1px solid var(--line);
    overflow-x: auto;
  }

  .shell-nav ul {
    display: flex;
  }

  .shell-nav a {
    white-space: nowrap;
  }

  .shell-main {
    padding: var(--space-4);
  }

  .filters .field {
    flex: 1 1 100%;
  }

  thead {
    display: none;
  }

  tbody tr {
    display: grid;
    padding: var(--space-3) 0;
    border-bottom: 1px solid var(--line);
  }

  tbody td {
    display: grid;
    grid-template-columns: 8rem 1fr;
    padding: var(--space-1) var(--space-4);
    border-bottom: 0;
  }

  tbody td::before {
    content: attr(data-label);
    color: var(--ink-soft);
    font-size: 0.875rem;
  }
}

@media (prefers-reduced-motion: no-preference) {
  .button,
  .tile,
  .shell-nav a {
    transition:
      background-color 120ms ease,
      border-color 120ms ease;
  }
}
`,
};
