import type { KitFile } from '../kit-file.js';

export const stylesForms: KitFile = {
  path: 'src/styles/forms.css',
  text: `/* Forms */
.form,
.filters {
  padding: var(--space-5);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
  box-shadow: var(--shadow);
}

.form {
  display: grid;
  gap: var(--space-4);
  max-width: 40rem;
}

.filters {
  display: flex;
  flex-wrap: wrap;
  align-items: end;
  gap: var(--space-4);
  padding: var(--space-4);
}

.filters .field {
  flex: 0 1 14rem;
}

.field {
  display: grid;
  gap: var(--space-1);
}

.field label {
  font-weight: 550;
}

.field-checkbox {
  grid-template-columns: auto 1fr;
  align-items: center;
  column-gap: var(--space-2);
}

.field-checkbox .error {
  grid-column: 1 / -1;
}

.optional,
.hint {
  color: var(--ink-soft);
  font-size: 0.875rem;
  font-weight: 400;
}

input:not([type='checkbox']),
select,
textarea {
  width: 100%;
  min-height: 2.5rem;
  padding: var(--space-2) var(--space-3);
  border: 1px solid var(--line-strong);
  border-radius: var(--radius);
  background: var(--surface);
  color: var(--ink);
  font: inherit;
}

input[type='checkbox'] {
  width: 1.25rem;
  height: 1.25rem;
  accent-color: var(--accent);
}

.field [aria-invalid='true'] {
  border-color: var(--danger);
  border-width: 2px;
}

.error {
  color: var(--danger);
  font-size: 0.9rem;
}
`,
};
