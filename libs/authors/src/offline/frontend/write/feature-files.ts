import type { AppModel, EntityView } from '../app-model/app-model.js';
import { apiFile } from './api-file.js';
import { actionsFile } from './actions-file.js';
import { detailFile } from './detail-file.js';
import { featureFile } from './feature-file.js';
import { fixturesFile } from './fixtures-file.js';
import { formFile } from './form-file.js';
import { formModelFile } from './form-model-file.js';
import { labelsFile } from './labels-file.js';
import { listFile } from './list-file.js';
import { modelTestFile } from './model-test-file.js';
import { pagesTestFile } from './pages-test-file.js';
import { queryFile } from './query-file.js';
import { storiesFile } from './stories-file.js';
import { targetFile } from './target-file.js';

export type NamedFile = readonly [path: string, text: string];

const has = (e: EntityView) => ({
  form: (e.calls.create ?? e.calls.update) !== undefined,
  list: e.calls.list !== undefined,
  detail: e.calls.get !== undefined,
});

/** Everything of one entity: its client, its pages, its stories and its tests. */
export const featureFiles = (app: AppModel, e: EntityView): readonly NamedFile[] => {
  const folder = `src/features/${e.resource}`;
  const { form, list, detail } = has(e);
  const named = (suffix: string, text: string): NamedFile => [`${folder}/${e.file}-${suffix}`, text];
  return [
    [`src/api/${e.file}.ts`, apiFile(e)],
    named('labels.ts', labelsFile(e)),
    named('target.ts', targetFile(e)),
    ...(list ? [named('query.ts', queryFile(e)), named('list.tsx', listFile(app, e))] : []),
    ...(e.actions.length > 0 ? [named('actions.ts', actionsFile(e))] : []),
    ...(detail ? [named('detail.tsx', detailFile(app, e))] : []),
    ...(form ? [named('form-model.ts', formModelFile(e)), named('form.tsx', formFile(app, e))] : []),
    named('feature.ts', featureFile(e)),
    named('fixtures.ts', fixturesFile(e)),
    [`${folder}/${e.file}.stories.tsx`, storiesFile(e)],
    [`${folder}/${e.file}-model.test.ts`, modelTestFile(e)],
    [`${folder}/${e.file}-pages.test.tsx`, pagesTestFile(app, e)],
  ];
};
