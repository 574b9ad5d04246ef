import type { Files, Gate, Role, RoleResult, Task } from '@squados/agent-runtime';
import { agentName, encodeToken, ownerOf } from '@squados/contracts';
import { readDesign, type Design } from '../design-input/index.js';
import type { AppModel } from './app-model/app-model.js';
import { readAppModel } from './app-model/read-app-model.js';
import { givenApplicationFiles } from './given/given-application.js';
import { readGivenApp } from './given/given-app-model.js';
import { KIT } from './kit/index.js';
import { featureFiles, type NamedFile } from './write/feature-files.js';
import { cardFile, projectFiles } from './write/project-files.js';

const AGENT = agentName('frontend');
const FOLDER = ownerOf(AGENT)?.folder ?? 'engenharia/frontend';

/** Every file of the application for a design, below `engenharia/frontend/`; the same design gives the same bytes. */
export const applicationFiles = (app: AppModel): readonly NamedFile[] => [
  ...KIT.map(({ path, text }) => [path, text] as const),
  ...projectFiles(app),
  ...app.entities.flatMap((e) => featureFiles(app, e)),
];

const ownFile = ({ card }: Task, design: Design, app: AppModel): NamedFile => {
  const touched = new Set(design.touched.map((e) => e.name));
  return [
    `cards/${encodeToken(card.id)}.md`,
    cardFile(
      {
        id: card.id,
        title: card.title,
        requirements: card.requirementIds,
        criteria: card.acceptanceCriteria,
        design: design.card,
        language: app.language,
        isGiven: app.isGiven ?? false,
      },
      app.entities.filter((e) => touched.has(e.model.name)),
      app.isGiven ? app.notes : [],
    ),
  ];
};

const unusable = ({ card }: Task, design: Design, problem: string): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code: 'input-unusable',
  message: `${card.id} can't build on the design of ${design.card}: ${problem}. Correct that design, then retry this card.`,
  place: design.card,
});

interface Work {
  readonly task: Task;
  readonly design: Design;
  readonly app: AppModel;
}

const written = ({ task, design, app }: Work, application: readonly NamedFile[]): RoleResult => {
  const files: Files = new Map(
    [...application, ownFile(task, design, app)].map(([path, text]) => [`${FOLDER}/${path}`, text]),
  );
  const metrics = { files: files.size, entities: app.entities.length };
  return { kind: 'written', files, proposals: [], assumptions: app.notes, metrics };
};

const write = (task: Task, design: Design): RoleResult =>
  design.isGiven ? writeGiven(task, design) : writeOwn(task, design);

const NOTHING_SHOWN = 'it has no entity that can be shown';

const writeOwn = (task: Task, design: Design): RoleResult => {
  const read = readAppModel(design);
  if (!read.ok) return unusable(task, design, read.problem);
  if (read.app.entities.length === 0) return unusable(task, design, NOTHING_SHOWN);
  return written({ task, design, app: read.app }, applicationFiles(read.app));
};

/** A given contract's operations that no page reaches are named in the card, in the application's README and among its assumptions. */
const writeGiven = (task: Task, design: Design): RoleResult => {
  const read = readGivenApp(design);
  if (!read.ok) return unusable(task, design, read.problem);
  return written({ task, design, app: read.app }, givenApplicationFiles(read.app, read.errorMembers));
};

/**
 * The frontend owner without a model behind it: one React application per project, from the contract and the model of the card's
 * design. The same design gives the same bytes, `cards/<id>.md` apart.
 */
export const createFrontendRole = ({ gates }: { readonly gates: readonly Gate[] }): Role => ({
  agent: AGENT,
  author: 'offline',
  gates,
  write: async (task, tools) => {
    const lookup = await readDesign(task, tools);
    return lookup.kind === 'found' ? write(task, lookup.design) : lookup;
  },
});
