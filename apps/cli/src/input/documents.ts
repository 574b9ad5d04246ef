import { agentName, cardId, projectId, type CardSpec } from '@squados/contracts';
import {
  EPIC_CRITERIA,
  parseRequirements,
  type Requirement,
  type RequirementsDocument,
} from '@squados/importers/requirements';
import { CliError } from '../cli-error.js';
import { slug, stem } from '../solo/data-folder.js';
import type { InputFile } from './input-file.js';
import { attachmentOf, type PreviewRequirement, type ProjectInput } from './project-input.js';

export interface LoadedDocument {
  readonly file: InputFile;
  readonly document: RequirementsDocument;
}

/** @throws CliError with the parser's own words: file, place, remedy. */
export const loadDocument = (file: InputFile): LoadedDocument => {
  const result = parseRequirements({ name: file.given, bytes: file.bytes });
  if (result.kind === 'parsed') return { file, document: result.document };
  throw new CliError(result.message, { code: result.code, remedy: result.remedy.split('\n') });
};

export const EPIC_ID = 'EPIC-001';

/** Design, backend and frontend: what the product owner proposes for each functional requirement. */
const CARDS_PER_REQUIREMENT = 3;

export const isFunctional = (requirement: Requirement): boolean => requirement.kind === 'functional';

/** Each once: an id that stands in several documents is taken from the first. */
const functionalIds = (documents: readonly LoadedDocument[]): readonly string[] => [
  ...new Set(documents.flatMap(({ document }) => document.requirements.filter(isFunctional).map(({ id }) => id))),
];

/** Requirements documents as a project: one epic that holds them all. */
export const documentsInput = (documents: readonly LoadedDocument[]): ProjectInput => {
  const [first] = documents;
  if (first === undefined) throw new CliError('no document was named', { code: 'usage' });
  const functional = functionalIds(documents);
  return {
    kind: 'requirements',
    project: projectId(slug(first.document.title)),
    title: first.document.title,
    folderName: slug(stem(first.file.name)),
    cards: [epicOf(documents)],
    source: {
      kind: 'requirements',
      documents: documents.map(({ file }) => ({ name: file.name, sha256: file.sha256 })),
    },
    files: documents.map(({ file }) => file),
    requirements: documents.flatMap(previewOf),
    expectedCards: functional.length * CARDS_PER_REQUIREMENT,
    warnings: documents.flatMap(({ file, document }) =>
      document.warnings.map((warning) => `${file.given}: ${warning}`),
    ),
    leftOut: [],
  };
};

export const previewOf = ({ file, document }: LoadedDocument): readonly PreviewRequirement[] =>
  document.requirements.map(({ id, title, fromLine, kind }) => ({
    document: file.given,
    id,
    title,
    line: fromLine,
    kind,
  }));

const DESCRIPTIONS = {
  en: 'Read the attached requirements; write the backlog, user stories, MVP features, success metrics, wireframes and flows; propose the cards.',
  pt: 'Ler os requisitos anexos; escrever o backlog, as histórias de usuário, as funcionalidades do MVP, as métricas de sucesso, os wireframes e os fluxos; propor os cards.',
} as const;

const epicOf = (documents: readonly LoadedDocument[]): CardSpec => {
  const [first] = documents as readonly [LoadedDocument, ...LoadedDocument[]];
  const language = first.document.language;
  const lines = new TextDecoder().decode(first.file.bytes).split('\n').length;
  return {
    id: cardId(EPIC_ID),
    title: first.document.title,
    description: DESCRIPTIONS[language],
    agent: agentName('product'),
    type: 'epic',
    priority: 'CRITICAL',
    dependencies: [],
    acceptanceCriteria: Object.values(EPIC_CRITERIA[language]),
    requirementIds: functionalIds(documents),
    deliverables: [],
    attachments: documents.map(({ file }) => attachmentOf(file)),
    source: { document: first.file.name, fromLine: 1, toLine: lines },
    language,
  };
};
