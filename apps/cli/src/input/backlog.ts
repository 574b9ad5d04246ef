import { prefixOf, projectId, type AgentName, type CardSpec } from '@squados/contracts';
import { importBacklog, problemText, type BacklogResult } from '@squados/importers';
import { CliError } from '../cli-error.js';
import { slug, stem } from '../solo/data-folder.js';
import { previewOf, type LoadedDocument } from './documents.js';
import type { InputFile } from './input-file.js';
import { attachmentOf, type ProjectInput } from './project-input.js';

export interface BacklogReading {
  readonly lenient: boolean;
  readonly knownAgents: readonly AgentName[];
}

type Imported = Extract<BacklogResult, { kind: 'imported' }>;

/** @throws CliError whose message is the first problem; the others are its details. */
export const readBacklog = (file: InputFile, { lenient, knownAgents }: BacklogReading): Imported => {
  const result = importBacklog(file.bytes, { file: file.given, lenient, knownAgents });
  if (result.kind === 'imported') return result;
  const [first, ...rest] = result.problems.map(problemText);
  const remedy = [
    'nothing was imported',
    ...(rest.length > 0 && !lenient ? ['--lenient imports what is sound and lists the rest'] : []),
  ];
  throw new CliError(first ?? `${file.given}: this is no backlog`, {
    code: result.problems[0]?.code ?? 'input',
    details: rest,
    remedy,
  });
};

/** A backlog as a project; documents that were named beside it go to its epic. */
export const backlogInput = (
  file: InputFile,
  documents: readonly LoadedDocument[],
  reading: BacklogReading,
): ProjectInput => {
  const backlog = readBacklog(file, reading);
  return {
    kind: 'backlog',
    project: projectId(slug(backlog.title)),
    title: backlog.title,
    folderName: slug(stem(file.name)),
    cards: withDocuments(backlog.cards, documents, file),
    source: {
      kind: 'backlog',
      documents: [file, ...documents.map((loaded) => loaded.file)].map(({ name, sha256 }) => ({ name, sha256 })),
      extra: backlog.extra,
    },
    files: [file, ...documents.map((loaded) => loaded.file)],
    requirements: documents.flatMap(previewOf),
    expectedCards: 0,
    warnings: backlog.warnings.map((warning) => `${file.given}: ${warning}`),
    leftOut: backlog.dropped.map(problemText),
  };
};

/** @throws CliError when there are documents but no epic that could read them. */
const withDocuments = (
  cards: readonly CardSpec[],
  documents: readonly LoadedDocument[],
  file: InputFile,
): readonly CardSpec[] => {
  if (documents.length === 0) return cards;
  const epic = cards.find((card) => prefixOf(card.id) === 'EPIC') ?? cards.find((card) => card.type === 'epic');
  if (epic === undefined) {
    throw new CliError(
      `${file.given}: it has no EPIC card that could take ${documents.map((d) => d.file.given).join(', ')}`,
      {
        code: 'no-epic',
        remedy: ['add a card EPIC-001 to the backlog, or run the document alone'],
      },
    );
  }
  const attachments = [...(epic.attachments ?? []), ...documents.map((loaded) => attachmentOf(loaded.file))];
  return cards.map((card) => (card === epic ? { ...epic, attachments } : card));
};
