import type { GateInput } from '@squados/agent-runtime';
import { encodeToken } from '@squados/contracts';
import { FOLDER } from '../shared/gate-parts.port.js';

/** The service as it stands in its own folder; a path without the owner's folder can't come from it. */
export const serviceFiles = (files: GateInput['files']): ReadonlyMap<string, string> =>
  new Map(
    [...files].filter(([path]) => path.startsWith(FOLDER)).map(([path, text]) => [path.slice(FOLDER.length), text]),
  );

const NAMED_TEST = /`(tests\/[\w/]+\.py)`/g;

/** Test files that the card's note names and that are there; none: the note names none, so all tests count. */
export const testsOfCard = ({ task, files }: Pick<GateInput, 'task' | 'files'>): readonly string[] => {
  const note = files.get(`${FOLDER}cards/${encodeToken(task.card.id)}.md`) ?? '';
  const named = [...note.matchAll(NAMED_TEST)].map((match) => match[1] ?? '');
  return [...new Set(named)].filter((path) => files.has(FOLDER + path)).sort();
};

const RULES_OF = /^tests\/unit\/test_(\w+)_rules\.py$/;

/** Modules of the entities whose tests these are: `book` has `app/api/book.py`, `app/models/book.py`, … */
export const modulesOf = (tests: readonly string[]): readonly string[] =>
  tests.flatMap((path) => RULES_OF.exec(path)?.[1] ?? []);

const CONTRACT = 'arquitetura/openapi.yaml';

/** The contract as the ARCH card handed it over, not as the service tells it. */
export const designedContract = async ({ task, tools }: GateInput): Promise<string | undefined> => {
  const hash = task.dependencies.filter((d) => CONTRACT in d.manifest).at(-1)?.manifest[CONTRACT];
  return hash === undefined ? undefined : new TextDecoder().decode(await tools.readArtifact(hash));
};
