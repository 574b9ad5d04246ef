import type { KitFile } from '../kit-file.js';

export const stylesPages: KitFile = {
  path: 'src/styles/pages.css',
  text: `/* Pages */
.page {
  display: grid;
  gap: var(--space-5);
  max-width: 72rem;
}

.page-header {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: var(--space-3);
}

.page-header h1 {
  overflow-wrap: anywhere;
}

.page-actions,
.form-actions,
.dialog-actions,
.record-actions {
  display: flex;
  flex-wrap: wrap;
  gap: var(--space-2);
}

.lead,
.loading,
.empty {
  color: var(--ink-soft);
}

.empty {
  padding: var(--space-6);
  border: 1px dashed var(--line-strong);
  border-radius: var(--radius);
  text-align: center;
}

.tiles {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
  gap: var(--space-4);
  padding: 0;
  list-style: none;
}

.tile {
  display: grid;
  gap: var(--space-1);
  height: 100%;
  padding: var(--space-5);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
  box-shadow: var(--shadow);
  color: var(--ink);
  text-decoration: none;
}

.tile:hover {
  border-color: var(--accent);
}

.tile-title {
  font-size: 1.1rem;
  font-weight: 600;
}

.tile-text {
  color: var(--ink-soft);
}

/* Buttons */
.button {
  display: inline-flex;
  align-items: center;
  min-height: 2.5rem;
  padding: var(--space-2) var(--space-4);
  border: 1px solid var(--line-strong);
  border-radius: var(--radius);
  background: var(--surface);
  color: var(--ink);
  font: inherit;
  font-weight: 550;
  text-decoration: none;
  cursor: pointer;
}

.button:hover:not(:disabled) {
  border-color: var(--accent);
}

.button:disabled {
  opacity: 0.55;
  cursor: not-allowed;
}

.button-primary {
  border-color: var(--accent);
  background: var(--accent);
  color: var(--on-accent);
}

.button-danger {
  border-color: var(--danger);
  color: var(--danger);
}

/* Tables */
.table-scroll {
  overflow-x: auto;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
  box-shadow: var(--shadow);
}

table {
  width: 100%;
  border-collapse: collapse;
}

table[aria-busy='true'] {
  opacity: 0.6;
}

th,
td {
  padding: var(--space-3) var(--space-4);
  border-bottom: 1px solid var(--line);
  text-align: start;
  vertical-align: top;
  overflow-wrap: break-word;
}

tbody tr:last-child td {
  border-bottom: 0;
}

tbody tr:hover {
  background: var(--paper);
}

th {
  color: var(--ink-soft);
  font-size: 0.875rem;
  font-weight: 600;
  white-space: nowrap;
}

.sort {
  padding: 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
}

.sort:hover {
  color: var(--accent);
}

.pager {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: var(--space-3);
  margin-top: var(--space-4);
  color: var(--ink-soft);
}
`,
};
