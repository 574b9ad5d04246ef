import type { AppModel, EntityView } from '../app-model/app-model.js';
import { givenKit } from '../kit/given/given-kit.js';
import { detailFile } from '../write/detail-file.js';
import { featureFile } from '../write/feature-file.js';
import type { NamedFile } from '../write/feature-files.js';
import { formModelFile } from '../write/form-model-file.js';
import { labelsFile } from '../write/labels-file.js';
import { listFile } from '../write/list-file.js';
import { projectFiles } from '../write/project-files.js';
import { hasQuery, queryFile } from '../write/query-file.js';
import { targetFile } from '../write/target-file.js';
import { changeForms, draftForms } from './form-inputs.js';
import { givenApiFile } from './given-api-file.js';
import { givenFixturesFile } from './given-fixtures-file.js';
import { formModelName, givenFormFile } from './given-form-file.js';
import { givenStoriesFile } from './given-stories-file.js';
import { givenFormTestFile, givenModelTestFile } from './given-tests-model.js';
import { givenPagesTestFile } from './given-tests-pages.js';

/** Every file of the application for a given contract; the same contract gives the same bytes. */
export const givenApplicationFiles = (app: AppModel, errorMembers: readonly string[]): readonly NamedFile[] => [
  ...givenKit(errorMembers).map(({ path, text }) => [path, text] as const),
  ...projectFiles(app),
  ...app.entities.flatMap((e) => featureFiles(app, e)),
];

const featureFiles = (app: AppModel, e: EntityView): readonly NamedFile[] => {
  const folder = `src/features/${e.resource}`;
  const named = (suffix: string, text: string): NamedFile => [`${folder}/${e.file}${suffix}`, text];
  const forms = [...draftForms(e), ...changeForms(e)];
  return [
    [`src/api/${e.file}.ts`, givenApiFile(e)],
    named('-labels.ts', labelsFile(e)),
    named('-target.ts', targetFile(e)),
    ...(hasQuery(e) ? [named('-query.ts', queryFile(e))] : []),
    named('-list.tsx', listFile(app, e)),
    ...(e.calls.get ? [named('-detail.tsx', detailFile(app, e))] : []),
    ...forms.flatMap((form): readonly NamedFile[] => [
      [`${folder}/${formModelName(form)}-model.ts`, formModelFile(form)],
      [`${folder}/${formModelName(form)}-model.test.ts`, givenFormTestFile(e, form)],
    ]),
    ...(forms.length > 0 ? [named('-form.tsx', givenFormFile(app, e))] : []),
    named('-feature.ts', featureFile(e)),
    named('-fixtures.ts', givenFixturesFile(e)),
    named('.stories.tsx', givenStoriesFile(e)),
    named('-model.test.ts', givenModelTestFile(e)),
    named('-pages.test.tsx', givenPagesTestFile(app, e)),
  ];
};
