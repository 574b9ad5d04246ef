import type { Priority } from '@squados/contracts';

/** One requirement as found in a document. Lines count from 1, both ends included. */
export interface Requirement {
  /** As written, spaces and bold removed (`RF001`, `FR-001`, `RF-01`, `US-3`); made up as `REQ-001…` where the document has none. */
  readonly id: string;
  readonly title: string;
  /** Its whole text (Markdown), without its heading line; for table rows the other cells. */
  readonly text: string;
  readonly kind: 'functional' | 'rule' | 'non-functional' | 'use-case';
  readonly fromLine: number;
  readonly toLine: number;
  /** Headings above it, outermost first. */
  readonly section: readonly string[];
  /** Acceptance criteria as the text states them (lists under a criteria label, checkboxes, Given/When/Then); may be empty. */
  readonly criteria: readonly string[];
  readonly priority: Priority;
  readonly moscow: 'must' | 'should' | 'could' | 'wont';
  /** Ids of other requirements of the document that its text names. */
  readonly mentions: readonly string[];
  /** Who wants it, if the text says so ("As a …", "Como um …"). */
  readonly actor?: string;
  /** The user story in the text's own words, if it holds one. */
  readonly story?: string;
  /** Ids of requirements that its text says it depends on ("depende de RF001", "Dependencies: …"); never its own. */
  readonly dependsOn?: readonly string[];
}

export interface RequirementsDocument {
  readonly name: string;
  readonly title: string;
  readonly language: 'pt' | 'en';
  /** How requirements were recognised. */
  readonly form: 'headings' | 'tables' | 'list' | 'free-form';
  readonly requirements: readonly Requirement[];
  /** Repeated ids (first wins, with line numbers), odd encodings, … for people. */
  readonly warnings: readonly string[];
  /** Criteria that stand apart from every requirement and match none by their words; people must place them. */
  readonly looseCriteria?: readonly string[];
}

export type RequirementsResult =
  | { readonly kind: 'parsed'; readonly document: RequirementsDocument }
  /** Nothing usable: the message names file and place; `remedy` shows accepted forms. */
  | {
      readonly kind: 'rejected';
      readonly code:
        'empty' | 'not-text' | 'no-requirements' | 'other-format' | 'conflict-markers' | 'too-large' | 'duplicate-id';
      readonly message: string;
      readonly remedy: string;
    };
