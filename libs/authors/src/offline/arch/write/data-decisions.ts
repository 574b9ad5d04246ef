import type { FieldModel } from '@squados/contracts';
import { name, type Proposal } from './decision.js';
import { code, markdownText } from './escape.js';

export const limits: Proposal = ({ fields }, say) => {
  const bounded = fields.filter(
    ({ field }) => field.max !== undefined || field.min !== undefined || field.values !== undefined,
  );
  const first = bounded[0];
  if (!first) return undefined;
  const list = bounded
    .slice(0, 6)
    .map(({ field }) => `${markdownText(field.label)} ${bound(field)}`)
    .join('; ');
  return {
    slug: say('limites', 'limits'),
    title: say(
      `Limites de ${name(first.entity)} no contrato e no banco`,
      `Limits of ${name(first.entity)} in the contract and in the database`,
    ),
    context: say(
      `O texto dá limites: ${list}. Quem os verifica só na tela não os verifica.`,
      `The text gives limits: ${list}. Who checks them on the screen alone does not check them.`,
    ),
    decision: say(
      'Os mesmos limites saem do modelo para o OpenAPI (422 com o campo) e para CHECKs nomeados no PostgreSQL; a tela os repete por conforto.',
      'The same limits go from the model to OpenAPI (422 with the field) and to named CHECKs in PostgreSQL; the screen repeats them for comfort.',
    ),
    alternatives: [
      say(
        'Validar somente na API: uma carga direta no banco passaria.',
        'Validate in the API alone: a direct load into the database would pass.',
      ),
    ],
    consequences: [
      say(
        'Mudar um limite é uma migração; o teste de consistência acusa divergência.',
        'Changing a limit is a migration; the consistency check shows any divergence.',
      ),
    ],
  };
};

const bound = (f: FieldModel): string => {
  if (f.values) return `∈ ${f.values.map(markdownText).join(', ')}`;
  return [f.min === undefined ? '' : `≥ ${f.min}`, f.max === undefined ? '' : `≤ ${f.max}`]
    .filter((p) => p !== '')
    .join(', ');
};

export const permission: Proposal = ({ rules, entities }, say) => {
  const rule = rules.find((r) => r.kind === 'permission');
  const entity = entities.find((e) => e.name === rule?.entity) ?? entities[0];
  if (!rule || !entity) return undefined;
  return {
    slug: say('permissao', 'permission'),
    title: say(
      `Permissão sobre ${name(entity)} decidida na entrada da API`,
      `Permission on ${name(entity)} decided at the API's entry`,
    ),
    context: `> ${markdownText(rule.text)}`,
    decision: say(
      'A regra é verificada por operação antes de ler dados: 401 sem identidade, 403 sem permissão. O serviço a verifica de novo quando depende do dono do registro.',
      'The rule is checked per operation before data are read: 401 without identity, 403 without permission. The service checks again where it depends on the row’s owner.',
    ),
    alternatives: [
      say('Esconder botões na tela: não protege a API.', 'Hiding buttons on the screen: does not protect the API.'),
    ],
    consequences: [
      say(
        'Cada operação declara quem pode; o teste de integração cobre o caso negado.',
        'Each operation states who may; an integration test covers the refused case.',
      ),
    ],
  };
};

export const evolution: Proposal = ({ entities, introduced, fields, source }, say) => {
  const entity = entities.find((e) => !introduced.includes(e));
  if (!entity || fields.length === 0) return undefined;
  return {
    slug: say('evolucao-do-esquema', 'schema-evolution'),
    title: say(
      `${name(entity)} cresce sem quebrar quem já a usa`,
      `${name(entity)} grows without breaking those who use it`,
    ),
    context: say(
      `${markdownText(source.id)} acrescenta ${fields.map(({ field }) => markdownText(field.label)).join(', ')} a um modelo que já existe.`,
      `${markdownText(source.id)} adds ${fields.map(({ field }) => markdownText(field.label)).join(', ')} to a model that exists.`,
    ),
    decision: say(
      'Uma migração aditiva por requisito, com volta testada; nenhum campo muda de tipo: o primeiro requisito que o define vale.',
      'One additive migration per requirement, its way back tested; no field changes its type: the first requirement that defines it holds.',
    ),
    alternatives: [
      say(
        'Reescrever o esquema a cada requisito: perde o histórico e a volta.',
        'Rewriting the schema with each requirement: loses history and the way back.',
      ),
    ],
    consequences: [
      say(
        'Um campo obrigatório novo em tabela com dados pede um passo de preenchimento antes da restrição.',
        'A new required field on a table with rows needs a fill-in step before the constraint.',
      ),
    ],
  };
};

export const locking: Proposal = ({ entities }, say) => {
  const entity = entities[0];
  if (!entity) return undefined;
  return {
    slug: say('concorrencia-otimista', 'optimistic-locking'),
    title: say(`Controle otimista de concorrência em ${name(entity)}`, `Optimistic locking on ${name(entity)}`),
    context: say(
      `Duas pessoas podem alterar o mesmo registro de ${name(entity)} a partir de leituras diferentes; a última gravação apagaria a primeira em silêncio.`,
      `Two people may change the same row of ${name(entity)} from different readings; the last write would erase the first in silence.`,
    ),
    decision: say(
      `Toda leitura devolve ETag com ${code('version')}; PUT, DELETE e ações exigem If-Match e respondem 412 quando a versão mudou. Um gatilho incrementa ${code('version')}.`,
      `Every read returns an ETag with ${code('version')}; PUT, DELETE and actions require If-Match and answer 412 when the version moved. A trigger increments ${code('version')}.`,
    ),
    alternatives: [
      say(
        'Bloqueio pessimista: segura conexões enquanto alguém pensa.',
        'Pessimistic locking: holds connections while somebody thinks.',
      ),
      say('A última gravação vence: perde trabalho sem aviso.', 'Last write wins: loses work without notice.'),
    ],
    consequences: [
      say(
        'O cliente relê e repete; a tela mostra o que mudou.',
        'The client reads again and repeats; the screen shows what changed.',
      ),
    ],
  };
};
