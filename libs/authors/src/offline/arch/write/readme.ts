import type { DomainModel } from '@squados/contracts';
import { cell, code, markdownText } from './escape.js';
import type { Say } from './words.js';

export interface Chapter {
  /** Folder of its design; only the writing card's own is certain to be there. */
  readonly folder?: string;
  readonly id: string;
  readonly title: string;
}

/** The map of the architecture folder: its documents, cards and entities. */
export const writeReadme = (model: DomainModel, chapters: readonly Chapter[], say: Say): string => {
  const files: readonly (readonly [string, string])[] = [
    ['modelo-de-dominio.json', say('o modelo de que tudo aqui deriva', 'the model that everything here follows')],
    ['openapi.yaml', say('contrato da API (OpenAPI 3.1)', 'contract of the API (OpenAPI 3.1)')],
    ['schema.sql', say('esquema PostgreSQL completo', 'the whole PostgreSQL schema')],
    [
      'migrations/',
      say(
        'uma migração por requisito, com volta; juntas dão `schema.sql`',
        'one migration per requirement, with its way back; together they give `schema.sql`',
      ),
    ],
    ['er.mmd', say('entidades e relações', 'entities and relations')],
    ['c4-contexto.mmd', say('contexto', 'context')],
    ['c4-containers.mmd', say('contêineres', 'containers')],
  ];
  return `${[
    `# ${say('Arquitetura', 'Architecture')}: ${markdownText(model.product)}`,
    '',
    ...files.map(([file, text]) => `- ${code(file)} – ${text}`),
    '',
    `## ${say('Projetos por requisito', 'Designs by requirement')}`,
    '',
    ...chapters.map((c) =>
      c.folder === undefined
        ? `- ${markdownText(c.id)}: ${markdownText(c.title)}`
        : `- [${markdownText(c.id)}: ${markdownText(c.title)}](${c.folder}/design.md)`,
    ),
    '',
    `## ${say('Entidades', 'Entities')}`,
    '',
    `| ${say('Entidade', 'Entity')} | ${say('Tabela', 'Table')} | ${say('Requisitos', 'Requirements')} |`,
    '| --- | --- | --- |',
    ...model.entities.map((e) => `| ${cell(e.label)} | ${code(e.table)} | ${e.requirements.map(cell).join(', ')} |`),
    '',
    `## ${say('Suposições', 'Assumptions')}`,
    '',
    ...(model.assumptions.length > 0
      ? model.assumptions.map((a) => `- ${markdownText(a)}`)
      : [say('Nenhuma.', 'None.')]),
  ].join('\n')}\n`;
};
