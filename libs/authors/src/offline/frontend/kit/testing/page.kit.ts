import type { KitFile } from '../kit-file.js';

export const testingPage: KitFile = {
  path: 'src/testing/page.ts',
  text: `import { fireEvent, waitFor } from '@testing-library/react';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const collapsed = (text: string | null): string => (text ?? '').replace(/\\s+/g, ' ').trim();

/** Texts of the elements that a selector finds, in their order. */
export const textsOf = (root: Element, selector: string): readonly string[] =>
  [...root.querySelectorAll(selector)].map((element) => collapsed(element.textContent));

/** A table row by row, headings first; the arrow of a sorted column left out. */
export const tableOf = (root: Element): readonly (readonly string[])[] =>
  [...root.querySelectorAll('tr')].map((row) => textsOf(row, 'th, td').map((text) => text.replace(/ [▲▼]$/, '')));

/** Label and value of each fact that a page shows. */
export const factsOf = (root: Element): readonly (readonly string[])[] =>
  [...root.querySelectorAll('.fact')].map((fact) => textsOf(fact, 'dt, dd'));

/** The control of a field. */
export const fieldNamed = (root: Element, name: string): Control => {
  const control = root.querySelector<Control>(\`[name="\${name}"]\`);
  if (control === null) throw new Error(\`There is no field named \${name}.\`);
  return control;
};

/** What the label of each field says. */
export const labelsOf = (root: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...root.querySelectorAll<Control>('[name]')].map((control) => [
      control.name,
      collapsed(control.labels?.[0]?.textContent ?? null),
    ]),
  );

/** What stands beside a field because it was refused, by field. */
export const errorsOf = (root: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...root.querySelectorAll<Control>('[aria-invalid="true"]')].map((control) => {
      const ids = (control.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id.endsWith('-error'));
      return [control.name, ids.map((id) => collapsed(document.getElementById(id)?.textContent ?? '')).join(' ')];
    }),
  );

const isCheckbox = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && control.type === 'checkbox';

const enter = async (root: Element, name: string, value: string): Promise<void> => {
  const control = fieldNamed(root, name);
  if (isCheckbox(control)) {
    if (String(control.checked) !== value) fireEvent.click(control);
    return;
  }
  if (control instanceof HTMLSelectElement && value !== '')
    await waitFor(() => {
      if (
        ![...fieldNamed(root, name).children].some(
          (o) => o instanceof HTMLOptionElement && o.value === value && o.text !== '',
        )
      )
        throw new Error(\`\${name} does not offer \${value}.\`);
    });
  fireEvent.change(fieldNamed(root, name), { target: { value } });
};

/** Fills fields as a person would: types, chooses, ticks. Choices that are still loading are waited for. */
export const fill = async (root: Element, values: object): Promise<void> => {
  for (const [name, value] of Object.entries(values)) await enter(root, name, String(value));
};

/** What stands in these fields. Choices that are still loading are waited for. */
export const valuesOf = async (root: Element, wanted: object): Promise<Readonly<Record<string, string>>> => {
  await waitFor(() => {
    if (root.querySelector('select option[value=""]:only-child') !== null)
      throw new Error('A choice is still loading.');
  });
  return Object.fromEntries(
    Object.keys(wanted).map((name) => {
      const control = fieldNamed(root, name);
      return [name, isCheckbox(control) ? String(control.checked) : control.value];
    }),
  );
};
`,
};
