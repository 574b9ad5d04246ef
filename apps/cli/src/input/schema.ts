import { agentName, cardId, GIVEN_SCHEMA, projectId, type CardSpec } from '@squados/contracts';
import { leftLines, planSchema, type GivenTable, type SchemaPlan } from '@squados/importers/schemas';
import { CliError } from '../cli-error.js';
import { slug, stem } from '../solo/data-folder.js';
import type { InputFile } from './input-file.js';
import { attachmentOf, type PreviewRequirement, type ProjectInput } from './project-input.js';

/** @throws CliError with file, place and remedy for scripts that make no table. */
export const readSchema = (files: readonly InputFile[]): SchemaPlan => {
  const planned = planSchema(files.map(({ given, bytes }) => ({ name: given, bytes })));
  if (planned.kind === 'planned') return planned.plan;
  throw new CliError(planned.message, { code: planned.code, remedy: [planned.remedy] });
};

/** A database schema as a project: its tables are the model; backend, frontend and everything behind them follow from it. */
export const schemaInput = (files: readonly InputFile[]): ProjectInput => {
  const plan = readSchema(files);
  return {
    kind: 'backlog',
    project: projectId(slug(plan.title)),
    title: plan.title,
    folderName: slug(stem(files[0]?.name ?? plan.title)),
    cards: cardsOf(files, plan),
    source: { kind: 'backlog', documents: files.map(({ name, sha256 }) => ({ name, sha256 })) },
    files,
    requirements: plan.tables.map(previewOf),
    expectedCards: 0,
    warnings: schemaWarnings(plan),
    leftOut: [],
  };
};

const previewOf = (table: GivenTable): PreviewRequirement => {
  const names = [...table.links.map((link) => link.column), ...table.columns.map((column) => column.name)];
  return { document: table.file, id: table.name, line: table.line, kind: 'table', title: names.join(', ') };
};

/** What people should know before they begin: everything of the schema that is not taken over as it is. */
export const schemaWarnings = (plan: SchemaPlan): readonly string[] => leftLines(plan.left, plan.language);

const TEXTS = {
  en: {
    arch: [
      'Design: the given schema',
      'The attached SQL schema is the model: derive the API contract, the schema and the diagrams from its tables.',
    ],
    be: [
      'Backend of the given schema',
      'A service that lists, reads, makes, changes and deletes the rows of each table.',
    ],
    fe: ['Frontend of the given schema', 'One application with lists, pages and forms for each table.'],
    qa: ['Quality of the given schema', 'Check what backend and frontend delivered.'],
    infra: ['Infrastructure', 'Images, a local composition, Kubernetes manifests and a pipeline for the product.'],
    deploy: ['Deployment', 'Start the finished product and ask it whether it is well.'],
    accounted: 'Every table and column of the schema is in the model, or named with the reason why not',
  },
  pt: {
    arch: [
      'Desenho: o esquema dado',
      'O esquema SQL anexo é o modelo: derivar das suas tabelas o contrato da API, o esquema e os diagramas.',
    ],
    be: ['Backend do esquema dado', 'Um serviço que lista, consulta, cria, altera e exclui as linhas de cada tabela.'],
    fe: ['Frontend do esquema dado', 'Um aplicativo com listas, páginas e formulários para cada tabela.'],
    qa: ['Qualidade do esquema dado', 'Verificar o que backend e frontend entregaram.'],
    infra: ['Infraestrutura', 'Imagens, uma composição local, manifestos de Kubernetes e um pipeline para o produto.'],
    deploy: ['Implantação', 'Iniciar o produto pronto e perguntar se está saudável.'],
    accounted: 'Cada tabela e coluna do esquema está no modelo, ou é nomeada com o motivo de não estar',
  },
} as const;

const cardsOf = (files: readonly InputFile[], plan: SchemaPlan): readonly CardSpec[] => {
  const text = TEXTS[plan.language];
  const [first] = files;
  const lines = new TextDecoder().decode(first?.bytes).split('\n').length;
  const card = (
    [id, agent, type]: readonly [id: string, agent: string, type: string],
    [title, description]: readonly [string, string],
    after: readonly string[],
  ): CardSpec => ({
    id: cardId(id),
    title: `${title}: ${plan.title}`,
    description,
    agent: agentName(agent),
    type,
    priority: 'HIGH',
    dependencies: after.map((other) => cardId(other)),
    acceptanceCriteria: agent === 'arch' ? [text.accounted] : [],
    requirementIds: [],
    deliverables: [],
    language: plan.language,
  });
  return [
    {
      ...card(['ARCH-001', 'arch', GIVEN_SCHEMA], text.arch, []),
      priority: 'CRITICAL',
      attachments: files.map(attachmentOf),
      ...(first ? { source: { document: first.name, fromLine: 1, toLine: lines } } : {}),
    },
    card(['BE-001', 'backend', 'backend'], text.be, ['ARCH-001']),
    card(['FE-001', 'frontend', 'frontend'], text.fe, ['ARCH-001']),
    card(['QA-001', 'qa', 'qa'], text.qa, ['BE-001', 'FE-001', 'ARCH-001']),
    card(['INFRA-001', 'infra', 'infrastructure'], text.infra, ['ARCH-001']),
    card(['DEPLOY-001', 'infra', 'deploy'], text.deploy, ['INFRA-001', 'BE-001', 'FE-001']),
  ];
};
