import type { EntityView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, indent, type Part } from '../text/lines.js';
import { canEdit } from './feature-file.js';

interface Story {
  readonly name: string;
  readonly about: string;
  readonly at: string;
  readonly replies: readonly string[];
}

const row = (e: EntityView): string =>
  `['GET', \`/${e.resource}/\${a${e.type}.id}\`, { status: 200, body: a${e.type}, etag: '"7"' }]`;

const lists = (e: EntityView): readonly Story[] => {
  const at = quoted(`#/${e.resource}`);
  const path = quoted(`/${e.resource}`);
  return e.calls.list
    ? [
        { name: 'List', about: 'Rows that were found.', at, replies: [`['GET', ${path}, pageOf([a${e.type}])]`] },
        { name: 'Empty', about: 'Nothing is there yet.', at, replies: [`['GET', ${path}, pageOf([])]`] },
        { name: 'Failed', about: 'The server fails.', at, replies: [`['GET', ${path}, { status: 500 }]`] },
      ]
    : [];
};

const storiesOf = (e: EntityView): readonly Story[] => [
  ...lists(e),
  ...(e.calls.get
    ? [{ name: 'Detail', about: 'One row.', at: `\`#/${e.resource}/\${a${e.type}.id}\``, replies: [row(e)] }]
    : []),
  ...(e.calls.create
    ? [{ name: 'New', about: 'The empty form.', at: quoted(`#/${e.resource}/new`), replies: [] }]
    : []),
  ...(canEdit(e)
    ? [{ name: 'Edit', about: 'The filled form.', at: `\`#/${e.resource}/\${a${e.type}.id}/edit\``, replies: [row(e)] }]
    : []),
];

const story = ({ name, about, at, replies }: Story): Part => [
  '',
  `/** ${about} */`,
  `export const ${name}: Story = {`,
  indent(`args: { at: ${at}, replies: [${replies.join(', ')}] },`),
  '};',
];

/** `book.stories.tsx`: the pages of one entity in each of their states. */
export const storiesFile = (e: EntityView): string => {
  const stories = storiesOf(e);
  const uses = (word: string): boolean => stories.some((s) => `${s.at}${s.replies.join('')}`.includes(word));
  return file(
    `import type { Meta, StoryObj } from '@storybook/react';`,
    uses('pageOf') && `import { pageOf } from '../../testing/fake-server';`,
    `import { StoryApp } from '../../testing/story-app';`,
    uses(`a${e.type}`) && `import { a${e.type} } from './${e.file}-fixtures';`,
    '',
    `const meta: Meta<typeof StoryApp> = { title: ${quoted(`Features/${e.type}`)}, component: StoryApp };`,
    'export default meta;',
    '',
    'type Story = StoryObj<typeof StoryApp>;',
    stories.map(story),
  );
};
