import type { EntityView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, indent, type Part } from '../text/lines.js';
import { canEdit } from '../write/feature-file.js';
import { wireOf } from './form-inputs.js';
import { idSamples, urlFor } from './given-ids.js';
import { listHash, rowHash } from './given-samples.js';

interface Story {
  readonly name: string;
  readonly about: string;
  readonly at: string;
  readonly replies: readonly string[];
}

const urlOf = (e: EntityView, path: string): string => quoted(urlFor(path, idSamples(e)));

const rowReplies = (e: EntityView): readonly string[] => {
  const { get } = wireOf(e);
  return get ? [`['GET', ${urlOf(e, get.path)}, { status: 200, body: a${e.type}Wire }]`] : [];
};

const lists = (e: EntityView): readonly Story[] => {
  const { list, get } = wireOf(e);
  const url = urlOf(e, (list ?? get)?.path ?? '');
  const rows = list ? [`['GET', ${url}, { status: 200, body: ${e.value}Answer([aListed${e.type}]) }]`] : rowReplies(e);
  return [
    { name: 'List', about: 'What was found.', at: listHash(e), replies: rows },
    { name: 'Failed', about: 'The server fails.', at: listHash(e), replies: [`['GET', ${url}, { status: 500 }]`] },
  ];
};

const storiesOf = (e: EntityView): readonly Story[] => {
  const row = rowReplies(e);
  const { get, create } = e.calls;
  return [
    ...lists(e),
    ...(get ? [{ name: 'Detail', about: 'One row.', at: rowHash(e), replies: row }] : []),
    ...(create ? [{ name: 'New', about: 'The empty form.', at: quoted(`#/${e.resource}/new`), replies: [] }] : []),
    ...(canEdit(e) ? [{ name: 'Edit', about: 'The filled form.', at: rowHash(e, 'edit'), replies: row }] : []),
  ];
};

const story = ({ name, about, at, replies }: Story): Part => [
  '',
  `/** ${about} */`,
  `export const ${name}: Story = {`,
  indent(`args: { at: ${at}, replies: [${replies.join(', ')}] },`),
  '};',
];

/** `pet.stories.tsx` for a given contract: the pages of one entity in each of their states. */
export const givenStoriesFile = (e: EntityView): string => {
  const stories = storiesOf(e);
  const text = stories.map((s) => s.replies.join('')).join('');
  const fixtures = [`a${e.type}Wire`, `aListed${e.type}`, `${e.value}Answer`].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(text),
  );
  return file(
    `import type { Meta, StoryObj } from '@storybook/react';`,
    `import { StoryApp } from '../../testing/story-app';`,
    `import { ${fixtures.join(', ')} } from './${e.file}-fixtures';`,
    '',
    `const meta: Meta<typeof StoryApp> = { title: ${quoted(`Features/${e.type}`)}, component: StoryApp };`,
    'export default meta;',
    '',
    'type Story = StoryObj<typeof StoryApp>;',
    stories.map(story),
  );
};
