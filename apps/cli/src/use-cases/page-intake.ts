import { hashBytes } from '@squados/artifacts';
import type { Actor } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import type { Intake, IntakeBytes, Intended } from '@squados/portal-gateway';
import { authorOf, budgetOfAuthor, policyFor } from '../author/author-setup.js';
import { CliError } from '../cli-error.js';
import type { InputFile } from '../input/input-file.js';
import { inputOf } from '../input/load-input.js';
import type { ProjectInput } from '../input/project-input.js';
import { takingPart } from '../input/taking-part.js';
import { commandName } from '../terminal/command-name.js';
import { firstProject } from '../views/project-of.js';
import { createProject, type ProjectTarget } from './create-project.js';
import { isSameInput } from './existing-folder.js';
import { rehearse, type NewProject } from './rehearse.js';
import { agentsOf, soloPolicy, type RunOptions } from './run-options.js';

interface IntakeTarget extends ProjectTarget {
  readonly fold: FoldView;
}

/** Who asks, and how the run was started. */
interface Asking {
  readonly options: RunOptions;
  readonly by: Actor;
  readonly env: NodeJS.ProcessEnv;
}

/** Documents that were dropped on the page: read, checked and recorded as `squados run` does it. */
export const pageIntake = (target: IntakeTarget, { options, by, env }: Asking): Intake => ({
  preview: (files) => intended(target, files, (read) => newProject(read, { options, by, env })),
});

const newProject = (read: ProjectInput, { options, by, env }: Asking): NewProject => {
  const author = authorOf(env, options);
  const policy = policyFor(author, soloPolicy(options));
  const agents = agentsOf(options.agents);
  return { input: takingPart(read, agents), agents, policy, by, ...budgetOfAuthor(author) };
};

/** @throws CliError with file, place and remedy. */
const intended = async (
  target: IntakeTarget,
  files: readonly IntakeBytes[],
  projectOf: (input: ProjectInput) => NewProject,
): Promise<Intended> => {
  const project = projectOf(inputOf(files.map(inputFile), false));
  const { input } = project;
  rehearse(project);
  stateOf(target, input);
  return {
    preview: previewOf(input),
    begin: () => createProject({ project, input, state: stateOf(target, input) })(target),
  };
};

const inputFile = ({ name, bytes }: IntakeBytes): InputFile => ({ given: name, name, bytes, sha256: hashBytes(bytes) });

/** A folder holds one project. @throws CliError when it has another one, or one with cards. */
const stateOf = ({ fold }: IntakeTarget, input: ProjectInput): { readonly kind: 'new' | 'begun' } => {
  const at = firstProject(fold);
  if (at === undefined) return { kind: 'new' };
  if (at.view.total === 0 && isSameInput(at, input)) return { kind: 'begun' };
  throw new CliError(`this folder holds a project already: ${at.record.started.title}`, {
    code: 'other-project',
    remedy: [`open an empty folder for another: ${commandName()} up --new --data ./another`],
  });
};

const previewOf = (input: ProjectInput): Intended['preview'] => ({
  kind: input.kind,
  title: input.title,
  cards: input.cards.map(({ id, title, agent }) => ({ id, title, agent })),
  expectedCards: input.expectedCards,
  requirements: input.requirements,
  warnings: input.warnings,
});
