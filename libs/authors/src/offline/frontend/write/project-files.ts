import { criterionLine } from '../../criteria/index.js';
import type { AppModel, EntityView } from '../app-model/app-model.js';
import { htmlText, markdownText, quoted } from '../text/literals.js';
import { enclosed, file, indent, type Part } from '../text/lines.js';
import type { NamedFile } from './feature-files.js';
import { heldBy } from './held-criteria.js';
import { BUILD_PACKAGES, RUN_PACKAGES } from './web-packages.js';

const MAX_SLUG = 60;

/** A package name out of any title. */
const slug = (product: string): string =>
  product
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_SLUG)
    .replace(/-+$/, '') || 'app';

const packageJson = ({ product }: AppModel): string =>
  `${JSON.stringify(
    {
      name: `${slug(product)}-frontend`,
      version: '0.1.0',
      private: true,
      type: 'module',
      engines: { node: '>=20.19' },
      scripts: {
        dev: 'vite',
        build: 'npm run types && vite build',
        preview: 'vite preview',
        types: 'tsc --noEmit && tsc --noEmit -p tsconfig.stories.json',
        lint: 'eslint .',
        test: 'jest',
        coverage: 'jest --coverage',
        storybook: 'storybook dev -p 6006',
      },
      dependencies: RUN_PACKAGES,
      devDependencies: BUILD_PACKAGES,
      overrides: { 'eslint-plugin-jsx-a11y': { eslint: '$eslint' } },
    },
    null,
    2,
  )}\n`;

const localeOf = ({ language }: AppModel): string => (language === 'pt' ? 'pt-BR' : 'en');

const indexHtml = (app: AppModel): string =>
  file(
    '<!doctype html>',
    `<html lang="${localeOf(app)}">`,
    indent([
      '<head>',
      indent([
        '<meta charset="UTF-8" />',
        '<meta name="viewport" content="width=device-width, initial-scale=1" />',
        '<link rel="icon" href="data:," />',
        `<title>${htmlText(app.product)}</title>`,
      ]),
      '</head>',
      '<body>',
      indent(['<div id="root"></div>', '<script type="module" src="/src/main.tsx"></script>']),
      '</body>',
    ]),
    '</html>',
  );

const featureImport = (e: EntityView): string =>
  `import { ${e.value}Feature } from '../features/${e.resource}/${e.file}-feature';`;

const productTs = (app: AppModel): string =>
  file(
    app.entities.map(featureImport),
    `import type { Locale } from '../i18n/i18n';`,
    `import type { Feature } from './feature';`,
    '',
    '/** What the product is called. */',
    `export const PRODUCT = ${quoted(app.product)};`,
    '',
    '/** The language of the requirements: what a new visitor sees. */',
    `export const LOCALE: Locale = '${localeOf(app)}';`,
    '',
    '/** Every kind of record, in the order in which the requirements introduce them. */',
    enclosed({
      open: 'export const FEATURES: readonly Feature[] = [',
      items: app.entities.map((e) => `${e.value}Feature`),
      close: '];',
    }),
  );

const pagesOf = (e: EntityView): string =>
  [
    e.calls.list && 'list',
    e.calls.get && 'detail',
    e.calls.create && 'new',
    e.calls.update && 'edit',
    e.calls.remove && 'delete',
    ...e.actions.map((a) => a.name),
  ]
    .filter((page) => page !== undefined)
    .join(', ');

const readme = (app: AppModel): string =>
  file(
    `# ${markdownText(app.product)}: frontend`,
    '',
    'React and TypeScript, built with Vite. It needs the API of `arquitetura/openapi.yaml` and nothing else.',
    '',
    app.entities.length === 0 && 'It has no pages: the contract offers nothing that one could show.',
    app.entities.length > 0 && ['| Records | Pages and actions | Source |', '| --- | --- | --- |'],
    app.entities.map((e) => `| ${markdownText(e.labelPlural)} | ${pagesOf(e)} | \`src/features/${e.resource}/\` |`),
    '',
    '## Where the API is',
    '',
    'Read at start, the first that says something counts:',
    '',
    '1. `config.json`, served beside `index.html`: `{ "apiBase": "https://api.example.org/api/v1", "token": "..." }`, both optional. Written at deployment; the same build runs anywhere.',
    '2. `VITE_API_BASE`, an environment variable of the build.',
    '3. `/api/v1` on the same origin: a proxy in front passes it on. `npm run dev` and `npm run preview` do, to `API_TARGET` (default `http://localhost:8000`).',
    '',
    'With a `token`, every call carries `Authorization: Bearer <token>`. From another origin the API has to allow the `Authorization`, `Content-Type` and `If-Match` headers and to expose `ETag` (CORS).',
    '',
    'Addresses live behind the `#` and all files are referred to relatively: `dist/` works under any path of any static server, without rewrite rules.',
    '',
    '## Commands',
    '',
    '```sh',
    'npm install',
    'npm run dev        # develop, with the API at API_TARGET',
    'npm run types      # tsc',
    'npm run lint       # eslint',
    'npm test           # jest, Testing Library, axe',
    'npm run coverage   # fails under 80 % of lines',
    'npm run build      # into dist/',
    'npm run storybook  # every page in each of its states',
    '```',
    '',
    '## How it is laid out',
    '',
    '- `src/api/`: one module per kind of record, a function per operation of the contract; `http.ts` is the only one that fetches. Answers are values: `ok`, or a problem told apart by what a person can do about it.',
    '- `src/features/`: per kind of record its list, page, form, words, rules, stories and tests.',
    '- `src/ui/`, `src/forms/`: what every feature stands on.',
    '- `src/i18n/`: the words of the interface in English and Brazilian Portuguese. The words of the domain are those of the requirements, in `*-labels.ts`.',
    '- `src/app/`: shell, router, configuration, start.',
    '',
    !app.isGiven && [
      'Every change and deletion carries the ETag that was read (`If-Match`): when somebody was faster, the page says so and offers the current version.',
      '',
      'In a list a related record is shown by its name, which is asked for one by one: the contract has no call for many.',
    ],
    app.isGiven &&
      'The contract was given. Each module of `src/api/` maps its records to the rows that the pages show; `src/api/wire.ts` is what they share. What has no list is found by its key.',
    app.notes.length > 0 && ['', '## Left out', '', app.notes.map((note) => `- ${markdownText(note)}`)],
  );

/** What there is once per application and depends on its model. */
export const projectFiles = (app: AppModel): readonly NamedFile[] => [
  ['README.md', readme(app)],
  ['package.json', packageJson(app)],
  ['index.html', indexHtml(app)],
  ['src/app/product.ts', productTs(app)],
];

const entityLine = (e: EntityView): Part => [
  `- ${markdownText(e.label)}: \`src/features/${e.resource}/\` (${pagesOf(e)})`,
];

interface CardText {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly criteria: readonly string[];
  readonly design: string;
  readonly language: 'pt' | 'en';
  /** Pages of a given contract have tests of their own, which hold no criterion by these words. */
  readonly isGiven: boolean;
}

const criterionOf =
  ({ requirements, language, isGiven }: CardText, touched: readonly EntityView[]) =>
  (criterion: string): string =>
    criterionLine(
      criterion,
      heldBy({ criterion, requirements, language }, isGiven ? [] : touched),
      language === 'pt' ? 'nenhum teste da página o prova' : 'no test of the page proves it',
    );

/** `cards/FE-003.md`: what this card answers for, and by what each criterion is held. */
export const cardFile = (card: CardText, touched: readonly EntityView[], left: readonly string[] = []): string =>
  file(
    `# ${markdownText(`${card.id}: ${card.title}`)}`,
    '',
    `Built from the design of ${markdownText(card.design)}.`,
    card.requirements.length > 0 && ['', `Requirements: ${card.requirements.map(markdownText).join(', ')}`],
    (touched.length > 0 || !card.isGiven) && ['', '## Records that this card touches', '', touched.map(entityLine)],
    card.criteria.length > 0 && ['', '## Acceptance criteria', '', card.criteria.map(criterionOf(card, touched))],
    left.length > 0 && ['', '## What no page shows or does', '', left.map((note) => `- ${markdownText(note)}`)],
  );
