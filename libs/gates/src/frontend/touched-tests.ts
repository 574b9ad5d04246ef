import type { GateInput } from '@squados/agent-runtime';
import { readDomainModel, type DomainModel } from '@squados/contracts';
import { designFile, MODEL } from './frontend-files.js';

const TEST = /^src\/.*\.test\.tsx?$/;
const isSource = (path: string): boolean =>
  /^src\/.*\.tsx?$/.test(path) && !/\.(?:test|stories)\.tsx?$|\.d\.ts$/.test(path);

/** What of a project a card answers for: the tests that run in profile quick, and the sources whose coverage counts. */
export interface Touched {
  readonly tests: readonly string[];
  readonly sources: readonly string[];
}

/** Resources of the entities that a card's requirements introduced, changed or rule. */
const resourcesOf = (model: DomainModel, requirements: ReadonlySet<string>): readonly string[] => {
  const ruled = new Set(model.rules.filter((r) => requirements.has(r.requirement)).map((r) => r.entity));
  const mine = model.entities.filter(
    (e) =>
      ruled.has(e.name) ||
      e.requirements.some((r) => requirements.has(r)) ||
      e.operations.some((o) => requirements.has(o.requirement)) ||
      e.fields.some((f) => requirements.has(f.source)),
  );
  return mine.map((e) => e.resource);
};

const inFeature =
  (resources: readonly string[]) =>
  (path: string): boolean =>
    resources.some((resource) => path.startsWith(`src/features/${resource}/`));

/** In quick, the features of the entities that the card touches; everything in full, and where no such feature is found. */
export const touchedBy = async (input: GateInput, project: ReadonlyMap<string, string>): Promise<Touched> => {
  const paths = [...project.keys()];
  const all = { tests: paths.filter((path) => TEST.test(path)), sources: [] };
  if (input.task.project.policy.gateProfile === 'full') return all;
  const json = await designFile(input, MODEL);
  const read = readDomainModel(json?.text ?? '');
  if (!read.ok) return all;
  const isMine = inFeature(resourcesOf(read.model, new Set(input.task.card.requirementIds)));
  const tests = all.tests.filter(isMine);
  return tests.length === 0 ? all : { tests, sources: paths.filter((path) => isMine(path) && isSource(path)) };
};
