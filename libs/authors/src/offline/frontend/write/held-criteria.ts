import { fold } from '@squados/importers/requirements';
import { knownCriterion, missingFields, type Claim, type KnownCriterion } from '../../criteria/index.js';
import type { EntityView, FieldView } from '../app-model/app-model.js';

type Say = (en: string, pt: string) => string;

const pagesTest = (e: EntityView): string => `src/features/${e.resource}/${e.file}-pages.test.tsx`;

/** As `creationTests` leaves them empty: what the form refuses by itself. */
const isRequired = (f: FieldView): boolean => !f.isNullable && f.kind !== 'boolean' && f.default === undefined;

const isCalled = (name: string, label: string, code: string): boolean =>
  [fold(label), fold(code.replace(/_/g, ' '))].includes(name);

const ofMissing = (criterion: string, touched: readonly EntityView[], say: Say): Claim | undefined => {
  const missing = missingFields(criterion);
  const entity = touched.find((e) => missing && e.calls.create && isCalled(missing.record, e.label, e.model.name));
  const required = entity?.inputs.filter(isRequired) ?? [];
  const isHeld = missing?.fields.every((name) => required.some((f) => isCalled(name, f.label, f.name))) ?? false;
  if (!entity || !isHeld) return undefined;
  return {
    how: say(
      'left empty, the form names each of them and sends nothing',
      'vazios, o formulário nomeia cada um e nada é enviado',
    ),
    by: ['web-tests', pagesTest(entity)],
  };
};

const keyboard = (touched: readonly EntityView[], say: Say): Claim => ({
  how: say(
    'every handler sits on a control that the keyboard reaches',
    'toda ação está em um controle que o teclado alcança',
  ),
  by: ['web-lint', ...touched.map((e) => `src/features/${e.resource}/`)],
});

const states = (touched: readonly EntityView[], say: Say): Claim | undefined =>
  touched.every((e) => e.calls.list)
    ? {
        how: say('tested in each of these states', 'testada em cada um desses estados'),
        by: ['web-tests', ...touched.map(pagesTest), 'src/ui/markup.test.tsx'],
      }
    : undefined;

/**
 * By what a criterion of a frontend card is held, as far as a check proves every word of it. What only the server decides (who may
 * borrow, what is unique) is not the page's to prove, and stays open.
 */
export const heldBy = (
  { criterion, requirements, language }: { criterion: string; requirements: readonly string[]; language: 'pt' | 'en' },
  touched: readonly EntityView[],
): Claim | undefined => {
  const say: Say = (en, pt) => (language === 'pt' ? pt : en);
  if (touched.length === 0) return undefined;
  const known: Partial<Record<KnownCriterion, Claim | undefined>> = {
    keyboard: keyboard(touched, say),
    states: states(touched, say),
  };
  const kind = knownCriterion(criterion, requirements);
  return kind ? known[kind] : ofMissing(criterion, touched, say);
};
