import type { Attachment, CardSpec, EventData, ProjectId } from '@squados/contracts';
import type { InputFile } from './input-file.js';

type Source = NonNullable<EventData['ProjectStarted']['source']>;

/** One line of the preview: a requirement and where it stands. */
export interface PreviewRequirement {
  readonly document: string;
  readonly id: string;
  readonly title: string;
  readonly line: number;
  readonly kind: string;
}

/** Everything that a new project is made of, read and checked; nothing is on disk yet. */
export interface ProjectInput {
  readonly kind: Source['kind'];
  readonly project: ProjectId;
  readonly title: string;
  /** Name of its folder under `./.squados`. */
  readonly folderName: string;
  readonly cards: readonly CardSpec[];
  readonly source: Source;
  /** Bytes that the cards' attachments name; kept in the artifact store before anything is recorded. */
  readonly files: readonly InputFile[];
  readonly requirements: readonly PreviewRequirement[];
  /** Cards that the product owner will propose, as far as it can be told now. */
  readonly expectedCards: number;
  readonly warnings: readonly string[];
  /** With `--lenient`: what was left out, and why. */
  readonly leftOut: readonly string[];
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  json: 'application/json',
  yaml: 'application/yaml',
  yml: 'application/yaml',
};

export const attachmentOf = (file: InputFile): Attachment => ({
  name: file.name,
  sha256: file.sha256,
  bytes: file.bytes.byteLength,
  mediaType: MEDIA_TYPES[/\.(\w+)$/.exec(file.name.toLowerCase())?.[1] ?? ''] ?? 'text/plain',
});
