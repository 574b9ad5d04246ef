import { describe, expect, it } from '@jest/globals';
import type { GateInput, Task } from '@squados/agent-runtime';
import { agentName, cardId, projectId, sha256, type CardSpec, type DomainModel } from '@squados/contracts';
import { createInfraGates } from '@squados/gates/infra';
import { createInProcessPool } from '@squados/gates/testing';
import { createInfraRole, infraFiles } from './create-infra-role.js';
import type { DeployAnswer, ProductDeployer } from './deploy/deployer.port.js';
import { dnsLabel, planFor, type InfraPlan } from './infra-plan.js';

const model = (product: string, language: 'pt' | 'en' = 'en'): DomainModel => ({
  version: 1,
  product,
  language,
  entities: [],
  rules: [],
  assumptions: [],
});

const card = (id: string, more: Partial<CardSpec> = {}): CardSpec => ({
  id: cardId(id),
  title: id,
  description: '',
  agent: agentName('infra'),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
  ...more,
});

const hashOf = (n: number) => sha256(n.toString(16).padStart(64, '0'));

/** A store of texts, and the manifest that names them. */
const stored = (files: Readonly<Record<string, string>>, from: number) => {
  const entries = Object.entries(files).map(([path, text], i) => ({ path, text, hash: hashOf(from + i) }));
  return {
    manifest: Object.fromEntries(entries.map((e) => [e.path, e.hash])),
    texts: new Map(entries.map((e) => [e.hash, e.text])),
  };
};

const design = (product: string) =>
  stored(
    {
      'arquitetura/modelo-de-dominio.json': JSON.stringify(model(product)),
      'arquitetura/openapi.yaml': 'openapi: 3.1.0\nservers: [{ url: /api/v1 }]\n',
      'arquitetura/schema.sql': 'SELECT 1;',
    },
    1,
  );

const taskOf = (own: CardSpec, dependencies: Task['dependencies'], backend?: 'go' | 'python'): Task => ({
  project: {
    id: projectId('p'),
    title: 'Library',
    agents: [agentName('infra')],
    documents: [],
    policy: {
      maxRetries: 0,
      retryBaseMs: 0,
      retryCapMs: 0,
      attemptDeadlineMs: 1,
      gateProfile: 'quick',
      maxDeliveries: 1,
      ...(backend ? { backend } : {}),
    },
  },
  card: own,
  attempt: 1,
  dependencies,
  cards: [own],
});

const toolsOf = (texts: ReadonlyMap<string, string>): GateInput['tools'] => ({
  signal: new AbortController().signal,
  readArtifact: (hash) => Promise.resolve(new TextEncoder().encode(texts.get(hash) ?? '')),
  note: () => undefined,
});

const gates = createInfraGates({ pool: createInProcessPool() });
const verdictsOf = async (task: Task, files: GateInput['files']) => {
  const input = { task, files, proposals: [], tools: toolsOf(new Map()) };
  const due = gates.filter((gate) => gate.applies(task) !== 'none');
  return Promise.all(due.map(async (gate) => ({ gate: gate.name, ...(await gate.run(input)) })));
};

const infraTask = taskOf(card('INFRA-001'), []);

describe('the files of the infrastructure owner', () => {
  const plans: readonly InfraPlan[] = [
    planFor(model('Neighbourhood Library: the lending desk'), 'python', '/api/v1'),
    planFor(model('Oficina do Zé — "peças" & serviços', 'pt'), 'go', '/'),
    planFor(model('"; rm -rf / #\n`$(x)`${HOME} {{ bad }} </script> \u202e'), 'go', '/a/b'),
  ];

  it.each(plans.map((plan) => [plan.name, plan] as const))('pass every gate: %s', async (_name, plan) => {
    const verdicts = await verdictsOf(infraTask, infraFiles(plan));
    expect(verdicts.map((v) => [v.gate, v.outcome, v.findings ?? []])).toEqual([
      ['dockerfiles', 'pass', []],
      ['compose', 'pass', []],
      ['kubernetes', 'pass', []],
      ['ci-workflow', 'pass', []],
    ]);
  });

  it('a part that is missing fails its gate alone', async () => {
    const files = new Map(infraFiles(plans[0] as InfraPlan));
    files.delete('deploy/compose.yaml');
    const verdicts = await verdictsOf(infraTask, files);
    expect(verdicts.filter((v) => v.outcome === 'fail').map((v) => v.gate)).toEqual(['compose']);
  });

  it('are the same bytes for the same plan, and hold no secret', () => {
    const [plan] = plans as [InfraPlan];
    expect([...infraFiles(plan)]).toEqual([...infraFiles(plan)]);
    expect(infraFiles(plan).get('deploy/.env.example')).toMatch(/^STORE_PASSWORD=$/m);
  });
});

describe('names', () => {
  it('become DNS labels, whatever the title is', () => {
    expect(['Ação & Reação', '123', '', '---', 'x'.repeat(90)].map(dnsLabel)).toEqual([
      'acao-reacao',
      'product-123',
      'product',
      'product',
      'x'.repeat(40),
    ]);
  });
});

describe('the infrastructure owner', () => {
  it('writes for the language that the run asks for', async () => {
    const { manifest, texts } = design('Library');
    const dependency = { card: card('ARCH-001', { agent: agentName('arch') }), manifest, assumed: false };
    const role = createInfraRole({ gates: [] });
    const written = await role.write(taskOf(card('INFRA-001'), [dependency], 'go'), toolsOf(texts));
    expect(written.kind === 'written' && written.files.get('deploy/docker/backend.Dockerfile')).toContain(
      'FROM golang:',
    );
  });

  it('fails for good without a design', async () => {
    const result = await createInfraRole({ gates: [] }).write(infraTask, toolsOf(new Map()));
    expect(result).toMatchObject({ kind: 'failed', retryable: false, code: 'input-missing' });
  });
});

describe('a DEPLOY card', () => {
  const deployCard = (title = 'Deploy') => card('DEPLOY-001', { title, type: 'deploy' });
  const half = (folder: string, mark: string) => ({
    [`engenharia/${folder}/main.txt`]: mark,
    [`engenharia/${folder}/cards/X.md`]: 'note',
  });
  const products = () => {
    const old = stored(half('backend', 'old'), 10);
    const back = stored(half('backend', 'new'), 20);
    const front = stored(half('frontend', 'page'), 30);
    const dependency = (id: string, manifest: Task['dependencies'][number]['manifest']) => ({
      card: card(id),
      manifest,
      assumed: false,
    });
    return {
      texts: new Map([...old.texts, ...back.texts, ...front.texts]),
      dependencies: [
        dependency('BE-001', old.manifest),
        dependency('BE-002', back.manifest),
        dependency('FE-001', front.manifest),
      ],
    };
  };
  const deploying = (answer: DeployAnswer) => {
    const asked: Parameters<ProductDeployer['deploy']>[0][] = [];
    const deployer: ProductDeployer = { deploy: (request) => (asked.push(request), Promise.resolve(answer)) };
    return { asked, role: createInfraRole({ gates: [], deployer }) };
  };
  const up: DeployAnswer = {
    kind: 'up',
    product: {
      release: 'r',
      store: 'SQLite',
      adopted: false,
      addresses: { product: 'http://127.0.0.1:1/', api: 'http://127.0.0.1:1/api', health: 'http://127.0.0.1:1/health' },
    },
  };

  it('starts the last backend and frontend, without the notes of cards', async () => {
    const { texts, dependencies } = products();
    const { asked, role } = deploying(up);
    const result = await role.write(taskOf(deployCard(), dependencies), toolsOf(texts));
    expect(result.kind === 'written' && [...result.files.keys()]).toEqual([
      'deploy/local/release.json',
      'deploy/local/addresses.json',
    ]);
    expect(JSON.parse((result.kind === 'written' && result.files.get('deploy/local/addresses.json')) || '{}')).toEqual({
      frontend: 'http://127.0.0.1:1/',
      backend: 'http://127.0.0.1:1/api',
      health: 'http://127.0.0.1:1/health',
    });
    expect(asked.map((a) => [a.key, [...a.backend], [...a.frontend]])).toEqual([
      ['p/DEPLOY-001/1', [['engenharia/backend/main.txt', 'new']], [['engenharia/frontend/main.txt', 'page']]],
    ]);
  });

  it('what can not run here is written down and referred, with the remedy', async () => {
    const { texts, dependencies } = products();
    const task = taskOf(deployCard(), dependencies);
    const { role } = deploying({ kind: 'unavailable', reason: 'there is no Go here', remedy: 'squados setup go' });
    const result = await role.write(task, toolsOf(texts));
    const verdicts = await verdictsOf(task, result.kind === 'written' ? result.files : new Map());
    expect(verdicts.map((v) => [v.gate, v.outcome, v.summary])).toEqual([
      ['product-answers', 'refer', 'there is no Go here: squados setup go, then squados retry DEPLOY-001'],
    ]);
  });

  it.each([
    [
      'an address elsewhere',
      { frontend: 'http://example.com/', backend: 'http://example.com/', health: 'http://example.com/' },
    ],
    ['no address', {}],
  ])('%s fails and nobody is called', async (_what, addresses) => {
    const files = new Map([
      ['deploy/local/release.json', '{"outcome":"up"}'],
      ['deploy/local/addresses.json', JSON.stringify(addresses)],
    ]);
    const [verdict] = await verdictsOf(taskOf(deployCard(), []), files);
    expect(verdict).toMatchObject({ gate: 'product-answers', outcome: 'fail' });
  });

  it('a start that fails fails the card with what the process said', async () => {
    const { texts, dependencies } = products();
    const { role } = deploying({
      kind: 'failed',
      process: 'migrations',
      message: 'exit code 1',
      excerpt: 'relation exists',
    });
    const result = await role.write(taskOf(deployCard(), dependencies), toolsOf(texts));
    expect(result).toMatchObject({ kind: 'failed', code: 'deploy-failed', excerpt: 'relation exists' });
  });

  it('without a product, or to a cluster that nobody configured, it fails for good and says what to do', async () => {
    const { role } = deploying(up);
    expect(await role.write(taskOf(deployCard(), []), toolsOf(new Map()))).toMatchObject({ code: 'input-missing' });
    expect(await role.write(taskOf(deployCard('Deploy to staging'), []), toolsOf(new Map()))).toMatchObject({
      code: 'target-unreachable',
      message: expect.stringContaining('deploy/k8s/overlays/staging'),
    });
  });
});
