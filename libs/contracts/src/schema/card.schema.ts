import { PRIORITIES } from '../card.js';
import { LIMITS } from '../limits.js';
import {
  agent,
  amount,
  anyObject,
  closed,
  filled,
  flag,
  id,
  list,
  oneOf,
  record,
  set,
  sha256Hex,
  text,
  whole,
} from './pieces.js';

export const actor = closed({ kind: oneOf(['person', 'policy', 'system']), name: filled(LIMITS.line) });

const attachment = closed(
  { name: filled(LIMITS.line), sha256: sha256Hex, bytes: whole(0) },
  { mediaType: text(LIMITS.line) },
);
const source = closed({ document: filled(LIMITS.line), fromLine: whole(1), toLine: whole(1) });
const texts = list(text(LIMITS.text), LIMITS.items);

/** `CardSpec`. That a card never depends on itself can't be said in JSON Schema; parsers hold it. */
export const card = closed(
  {
    id,
    title: filled(LIMITS.title),
    description: text(LIMITS.description),
    agent,
    priority: oneOf(PRIORITIES),
    dependencies: set(id, LIMITS.dependencies),
    acceptanceCriteria: texts,
    requirementIds: texts,
    deliverables: texts,
  },
  {
    type: text(LIMITS.line),
    effort: text(LIMITS.line),
    userStory: text(LIMITS.text),
    businessValue: text(LIMITS.text),
    parent: id,
    attachments: list(attachment, LIMITS.items),
    source,
    language: oneOf(['pt', 'en']),
    extra: anyObject,
    importedAs: oneOf(['done', 'skipped']),
  },
);

export const policy = closed(
  {
    maxRetries: whole(0, 100),
    retryBaseMs: whole(0),
    retryCapMs: whole(0),
    attemptDeadlineMs: whole(1),
    gateProfile: oneOf(['quick', 'full']),
    maxDeliveries: whole(1, 100),
  },
  {
    approvals: list(closed({ target: oneOf(['staging', 'production']), roles: set(filled(LIMITS.line), 20) }), 10),
    waiveRefer: filled(LIMITS.line),
    backend: oneOf(['python', 'go']),
  },
);

export const projectSource = closed(
  {
    kind: oneOf(['requirements', 'backlog']),
    documents: list(closed({ name: filled(LIMITS.line), sha256: sha256Hex }), LIMITS.items),
  },
  { extra: anyObject },
);

const finding = closed(
  { severity: oneOf(['error', 'warning']), message: text(LIMITS.text) },
  { path: text(LIMITS.line), line: whole(0), rule: text(LIMITS.line) },
);

export const verdict = closed(
  {
    gate: filled(LIMITS.line),
    profile: oneOf(['quick', 'full']),
    outcome: oneOf(['pass', 'fail', 'refer']),
    required: flag,
    command: text(LIMITS.text),
    durationMs: amount,
    summary: text(LIMITS.text),
    isolation: closed({ level: oneOf([0, 1, 2]), by: text(LIMITS.line) }),
  },
  {
    exitCode: whole(Number.MIN_SAFE_INTEGER),
    excerpt: text(4_000),
    findings: list(finding, 50),
    inputs: record(sha256Hex),
  },
);
