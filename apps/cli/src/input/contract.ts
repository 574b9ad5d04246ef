import { agentName, cardId, GIVEN_CONTRACT, projectId, type CardSpec } from '@squados/contracts';
import { planContract, type GivenOperation, type GivenPlan } from '@squados/importers/contracts';
import { CliError } from '../cli-error.js';
import { slug, stem } from '../solo/data-folder.js';
import type { InputFile } from './input-file.js';
import { attachmentOf, type PreviewRequirement, type ProjectInput } from './project-input.js';

/** @throws CliError with file, place and remedy for what is no contract that anything can be built from. */
export const readContract = (file: InputFile): GivenPlan => {
  const planned = planContract(file.bytes, file.given);
  if (planned.kind === 'planned') return planned.plan;
  throw new CliError(planned.message, {
    code: planned.code,
    remedy: [planned.remedy],
    details: (planned.details ?? []).slice(1),
  });
};

/** A contract as a project: it is the design; backend, frontend and everything behind them follow from it. */
export const contractInput = (file: InputFile): ProjectInput => {
  const plan = readContract(file);
  return {
    kind: 'backlog',
    project: projectId(slug(plan.title)),
    title: plan.title,
    folderName: slug(stem(file.name)),
    cards: cardsOf(file, plan),
    source: { kind: 'backlog', documents: [{ name: file.name, sha256: file.sha256 }] },
    files: [file],
    requirements: plan.operations.map((operation) => previewOf(file, operation)),
    expectedCards: 0,
    warnings: warningsOf(plan),
    leftOut: [],
  };
};

export const operationName = ({ method, path }: GivenOperation): string => `${method.toUpperCase()} ${path}`;

const previewOf = (file: InputFile, operation: GivenOperation): PreviewRequirement => ({
  document: file.given,
  id: operationName(operation),
  line: operation.line,
  ...(operation.support === 'served'
    ? { kind: operation.kind, title: operation.summary || operation.id }
    : { kind: 'not served', title: operation.reasons.join('; ') }),
});

/** What people should know before they begin: what is not served, and what has no effect. */
export const warningsOf = (plan: GivenPlan): readonly string[] =>
  plan.operations.flatMap((operation) =>
    operation.support === 'refused'
      ? [`${operationName(operation)} is not served: ${operation.reasons.join('; ')}`]
      : operation.limits.map((limit) => `${operationName(operation)}: ${limit}`),
  );

const TEXTS = {
  en: {
    arch: [
      'Design: the given contract',
      'The attached OpenAPI document is the design, as it is. Derive model, schema and diagrams from it; list every operation as served, or with the reason why not.',
    ],
    be: [
      'Backend of the given contract',
      'A service that answers as the contract says; what it does not serve answers 501 and is named.',
    ],
    fe: [
      'Frontend of the given contract',
      'One application for the records that the contract lists, shows, makes, changes and deletes.',
    ],
    qa: ['Quality of the given contract', 'Check what backend and frontend delivered.'],
    infra: ['Infrastructure', 'Images, a local composition, Kubernetes manifests and a pipeline for the product.'],
    deploy: ['Deployment', 'Start the finished product and ask it whether it is well.'],
    accounted: 'Every operation of the contract is served, or named with the reason why not',
  },
  pt: {
    arch: [
      'Desenho: o contrato dado',
      'O documento OpenAPI anexo é o desenho, como está. Derivar dele modelo, esquema e diagramas; listar cada operação como atendida, ou com o motivo de não ser.',
    ],
    be: [
      'Backend do contrato dado',
      'Um serviço que responde como o contrato diz; o que não atende responde 501 e é nomeado.',
    ],
    fe: [
      'Frontend do contrato dado',
      'Um aplicativo para os registros que o contrato lista, mostra, cria, altera e exclui.',
    ],
    qa: ['Qualidade do contrato dado', 'Verificar o que backend e frontend entregaram.'],
    infra: ['Infraestrutura', 'Imagens, uma composição local, manifestos de Kubernetes e um pipeline para o produto.'],
    deploy: ['Implantação', 'Iniciar o produto pronto e perguntar se está saudável.'],
    accounted: 'Cada operação do contrato é atendida, ou nomeada com o motivo de não ser',
  },
} as const;

const cardsOf = (file: InputFile, plan: GivenPlan): readonly CardSpec[] => {
  const text = TEXTS[plan.language];
  const lines = new TextDecoder().decode(file.bytes).split('\n').length;
  const card = (
    [id, agent]: readonly [id: string, agent: string],
    [title, description]: readonly [string, string],
    after: readonly string[],
  ): CardSpec => ({
    id: cardId(id),
    title: `${title}: ${plan.title}`,
    description,
    agent: agentName(agent),
    priority: 'HIGH',
    dependencies: after.map((other) => cardId(other)),
    acceptanceCriteria: agent === 'arch' || agent === 'backend' ? [text.accounted] : [],
    requirementIds: [],
    deliverables: [],
    language: plan.language,
  });
  return [
    {
      ...card(['ARCH-001', 'arch'], text.arch, []),
      type: GIVEN_CONTRACT,
      priority: 'CRITICAL',
      attachments: [attachmentOf(file)],
      source: { document: file.name, fromLine: 1, toLine: lines },
    },
    { ...card(['BE-001', 'backend'], text.be, ['ARCH-001']), type: 'backend' },
    { ...card(['FE-001', 'frontend'], text.fe, ['ARCH-001']), type: 'frontend' },
    { ...card(['QA-001', 'qa'], text.qa, ['BE-001', 'FE-001', 'ARCH-001']), type: 'qa' },
    { ...card(['INFRA-001', 'infra'], text.infra, ['ARCH-001']), type: 'infrastructure' },
    { ...card(['DEPLOY-001', 'infra'], text.deploy, ['INFRA-001', 'BE-001', 'FE-001']), type: 'deploy' },
  ];
};
