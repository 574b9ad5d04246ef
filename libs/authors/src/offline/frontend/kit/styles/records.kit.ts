import type { KitFile } from '../kit-file.js';

export const stylesRecords: KitFile = {
  path: 'src/styles/records.css',
  text: `/* One record */
.record {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
  gap: var(--space-4) var(--space-5);
  padding: var(--space-5);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
  box-shadow: var(--shadow);
}

.fact dt {
  color: var(--ink-soft);
  font-size: 0.875rem;
}

.fact dd {
  overflow-wrap: anywhere;
  white-space: pre-line;
}

/* Messages */
.notice,
.flash p {
  padding: var(--space-3) var(--space-4);
  border-left: 4px solid;
  border-radius: var(--radius);
}

.notice {
  display: grid;
  justify-items: start;
  gap: var(--space-3);
}

.notice-error {
  border-color: var(--danger);
  background: var(--danger-soft);
}

.flash p {
  max-width: 72rem;
  margin-bottom: var(--space-4);
  border-color: var(--success);
  background: var(--success-soft);
}

.dialog {
  max-width: 28rem;
  padding: var(--space-5);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
  color: var(--ink);
}

.dialog::backdrop {
  background: rgb(0 0 0 / 45%);
}

.dialog p {
  margin: var(--space-3) 0 var(--space-5);
}
`,
};
