import {
  agentName,
  cardId,
  EVENT_VERSIONS,
  revision,
  sha256,
  type CardSpec,
  type EventData,
  type EventType,
  type RunPolicy,
  type SquadEvent,
  type Verdict,
} from '../index.js';

const hash = (digit: string) => sha256(digit.repeat(64));
const by = { kind: 'person', name: 'Operadora de plantão' } as const;

/** A card with every optional field. */
export const fullCard: CardSpec = {
  id: cardId('PROD-001'),
  title: 'Cadastro de clientes',
  description: 'O sistema guarda clientes.\n\nCom acentuação e 🚀.',
  agent: agentName('product'),
  type: 'design',
  priority: 'HIGH',
  dependencies: [cardId('EPIC-001')],
  acceptanceCriteria: ['Cliente salvo', 'Cliente listado'],
  requirementIds: ['RF001'],
  deliverables: ['design-RF001.md'],
  effort: 'L',
  userStory: 'Como atendente, quero guardar clientes.',
  businessValue: 'Atendimento mais rápido',
  parent: cardId('EPIC-001'),
  attachments: [{ name: 'requisitos.md', sha256: hash('a'), bytes: 12, mediaType: 'text/markdown' }],
  source: { document: 'requisitos.md', fromLine: 3, toLine: 9 },
  language: 'pt',
  extra: { squad: 'produto', nested: [{ deep: null }] },
  importedAs: 'done',
};

/** A card with none of them. */
export const plainCard: CardSpec = {
  id: cardId('EPIC-001'),
  title: 'Whole product',
  description: '',
  agent: agentName('product'),
  priority: 'CRITICAL',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
};

export const policy: RunPolicy = {
  maxRetries: 3,
  retryBaseMs: 2_000,
  retryCapMs: 600_000,
  attemptDeadlineMs: 120_000,
  gateProfile: 'quick',
  waiveRefer: 'demo',
  backend: 'go',
  approvals: [{ target: 'production', roles: ['product-owner', 'tech-lead'] }],
  maxDeliveries: 5,
};

export const verdict: Verdict = {
  gate: 'openapi',
  profile: 'quick',
  outcome: 'fail',
  required: true,
  command: 'lint openapi.yaml',
  exitCode: 1,
  durationMs: 12.5,
  summary: 'one error',
  excerpt: 'line 3',
  findings: [{ path: 'openapi.yaml', line: 3, rule: 'paths', severity: 'error', message: 'no such path' }],
  isolation: { level: 0, by: 'in process' },
  inputs: { 'openapi.yaml': hash('b') },
};

/** One sample of the data of every event type, optional fields filled in. */
export const SAMPLE_DATA: { readonly [T in EventType]: EventData[T] } = {
  ProjectStarted: {
    title: 'Loja',
    agents: [agentName('product'), agentName('arch')],
    policy,
    source: {
      kind: 'backlog',
      documents: [{ name: 'backlog_master.json', sha256: hash('c') }],
      extra: { metadata: {} },
    },
  },
  ProjectPaused: { by, reason: 'almoço', now: true },
  ProjectResumed: { by, reason: 'volta' },
  ProjectStopped: { by, reason: 'cancelado' },
  ProjectCompleted: { done: 3, skipped: 1 },
  ProjectArchived: { by, file: 'loja.archive', sha256: hash('d'), through: 12, commits: 12, artifacts: 4 },
  CardsAdded: { origin: { kind: 'import', by }, cards: [plainCard, fullCard] },
  CardsRejected: {
    card: cardId('EPIC-001'),
    attempt: 1,
    closing: true,
    rejected: [{ id: 'PROD-001', reasons: ['exists'] }],
  },
  CardChanged: { by, card: cardId('PROD-001'), reason: 'texto novo', spec: fullCard },
  CardsRolledBack: { by, card: cardId('EPIC-001'), reason: 'refazer', reach: [cardId('EPIC-001'), cardId('PROD-001')] },
  CardsReopened: {
    by: { kind: 'system', name: 'orchestrator' },
    cause: { card: cardId('QA-001'), attempt: 2 },
    cards: [{ card: cardId('BE-001'), feedback: 'o CPF repetido é aceito' }],
    reach: [cardId('BE-001'), cardId('QA-001')],
  },
  BudgetSet: {
    by,
    reason: 'mais um dia',
    scope: { kind: 'agent', name: 'backend' },
    nanoUsd: 5_000_000_000,
    tokens: 2_000_000,
    perAttempt: 500_000_000,
  },
  BudgetReserved: { card: cardId('BE-001'), attempt: 1, allowance: { nanoUsd: 500_000_000, tokens: 100_000 } },
  BudgetExceeded: {
    scope: { kind: 'project' },
    level: 'stopped',
    spent: { nanoUsd: 4_990_000_000, tokens: 1_000 },
    message: 'nothing more fits',
  },
  CardEnqueued: {
    attempt: 1,
    after: revision(0),
    inputs: { cardRevision: 1, digest: 'ab' },
    feedback: 'try again',
    allowance: { nanoUsd: 500_000_000, tokens: 100_000 },
  },
  RetryScheduled: { attempt: 1, retry: 1, notBefore: 1_900_000_000_000 },
  CardDeadLettered: { attempt: 4, reason: 'retries-exhausted', message: 'four failures' },
  CardEscalated: { attempt: 4, to: 'tech-lead', outcome: 'not-configured', message: 'no webhook' },
  CardSkipped: { by, reason: 'not needed' },
  CardRetried: { by, reason: 'fixed' },
  GateWaived: { attempt: 1, gate: 'openapi', by: { kind: 'policy', name: 'demo' }, reason: 'accepted' },
  ApprovalRequested: { attempt: 1, gate: 'production', role: 'tech-lead', manifestHash: hash('e') },
  ApprovalDecided: {
    attempt: 1,
    role: 'tech-lead',
    decision: 'refused',
    by,
    reason: 'depois do feriado',
    manifestHash: hash('e'),
  },
  CardStarted: { attempt: 1, delivery: 1, worker: 'w-1' },
  CardStepped: { attempt: 1, step: 'verifying', note: 'gates' },
  ModelCallBegun: {
    attempt: 1,
    call: 1,
    purpose: 'author',
    model: 'claude-opus-5-5',
    request: hash('f'),
    reserved: { nanoUsd: 320_000_000, tokens: 20_000 },
  },
  ModelCalled: {
    attempt: 1,
    call: 1,
    purpose: 'author',
    model: 'claude-opus-5-5',
    request: hash('f'),
    outcome: 'answered',
    response: hash('0'),
    stopReason: 'end_turn',
    usage: { input: 10, output: 20, cacheRead: 3_000, cacheWrite5m: 0, cacheWrite1h: 400 },
    nanoUsd: 4_240_000,
    estimated: true,
    durationMs: 1_200.5,
    code: 'cut-off',
    message: 'the stream ended without usage',
  },
  VerdictRecorded: { attempt: 1, verdict },
  CardCompleted: {
    attempt: 1,
    author: 'offline',
    manifest: { 'produto/a.md': hash('d') },
    manifestHash: hash('e'),
    proposals: [{ card: fullCard }, { card: plainCard, closing: true }],
    metrics: { files: 1, score: -0.5 },
    assumptions: ['one currency'],
  },
  CardFailed: {
    attempt: 1,
    kind: 'terminal',
    code: 'rejected',
    message: 'no',
    place: 'a.md:3',
    excerpt: '…',
    blames: [{ card: cardId('BE-001'), feedback: 'o CPF repetido é aceito' }],
  },
  CardReleased: {
    attempt: 1,
    reason: 'shutdown',
    notBefore: 1_900_000_000_000,
    by: { kind: 'system', name: 'orchestrator' },
  },
};

export const EVENT_TYPES = Object.keys(SAMPLE_DATA) as EventType[];

/** A whole event of a type, with all optional envelope attributes. */
export const sampleEvent = (type: EventType): SquadEvent =>
  ({
    specversion: '1.0',
    id: '0d9f0d6e-2f1c-4d58-9a3e-5b9f4b0a7c11',
    source: 'orchestrator',
    type,
    version: EVENT_VERSIONS[type],
    subject: 'P/PROD-001',
    time: '2026-01-31T23:59:59.000Z',
    data: SAMPLE_DATA[type],
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    correlationid: 'c-1',
    causationid: 'k-1',
  }) as SquadEvent;
