import { ascii, nameWords } from '../text/identifiers.js';
import type { Language } from '../text/language.js';

export type VerbKind = 'manage' | 'create' | 'read' | 'list' | 'update' | 'delete' | 'action';

/** A thing people do with an entity. `slug` is its path segment when it is an action: `publicar`, `publish`. */
export interface Verb {
  readonly kind: VerbKind;
  readonly slug: string;
  /** True when the word was a noun (`Cadastro de …`, `… management`). */
  readonly noun: boolean;
}

/** `lemma/noun/noun`, by kind. Nouns that are entities in their own right (loan, sale, reserva, pagamento) are left out on purpose. */
const PT: Readonly<Record<VerbKind, string>> = {
  manage: 'gerenciar/gerenciamento gerir/gestão administrar/administração manter/manutenção controlar/controle',
  create:
    'criar/criação cadastrar/cadastro registrar/registro incluir/inclusão adicionar/adição inserir/inserção submeter/submissão agendar/agendamento lançar/lançamento abrir/abertura anexar solicitar escrever redigir/redação',
  read: 'visualizar/visualização/preview ver consultar exibir/exibição mostrar detalhar/detalhamento acompanhar/acompanhamento',
  list: 'listar/listagem buscar/busca pesquisar/pesquisa filtrar procurar',
  update:
    'editar/edição atualizar/atualização alterar/alteração modificar/modificação configurar/configuração ajustar/ajuste corrigir/correção',
  delete: 'excluir/exclusão deletar remover/remoção apagar',
  action:
    'publicar/publicação encerrar/encerramento fechar/fechamento reabrir/reabertura aprovar/aprovação rejeitar/rejeição arquivar/arquivamento clonar/clonagem duplicar/duplicação exportar/exportação importar/importação enviar/envio/upload confirmar/confirmação cancelar/cancelamento finalizar/finalização concluir/conclusão iniciar pausar retomar ativar/ativação desativar/desativação bloquear/bloqueio desbloquear/desbloqueio executar/execução testar/teste gerar/geração processar/processamento enriquecer/enriquecimento ingerir/ingestão versionar/versionamento transferir/transferência devolver/devolução renovar/renovação emprestar reservar notificar/notificação validar orquestrar/orquestração renderizar/renderização conectar submeter assinar/assinatura atribuir/atribuição entregar faturar/faturamento estornar/estorno escolher/escolha refinar/refinamento evoluir/evolução suspender/suspensão autorizar/autorização liberar/liberação calcular/cálculo emitir/emissão preencher/preenchimento comunicar/comunicação instalar/instalação implantar sincronizar/sincronização compartilhar revisar/revisão restaurar/restauração agrupar reprovar/reprovação recusar/recusa aceitar expirar/expiração disponibilizar imprimir/impressão pagar vender comprar autenticar/autenticação/login',
};
const EN: Readonly<Record<VerbKind, string>> = {
  manage: 'manage/management administer/administration maintain/maintenance',
  create:
    'create/creation write register/registration add insert record submit/submission schedule enter open capture introduce',
  read: 'view preview read show display inspect see retrieve consult',
  list: 'list/listing search browse find filter',
  update: 'edit update modify/modification change amend correct adjust configure set',
  delete: 'delete/deletion remove/removal erase',
  action:
    'publish/publication close/closing/closure reopen approve/approval reject/rejection archive/archiving clone duplicate export import send upload confirm/confirmation cancel/cancellation finish complete/completion start pause resume activate/activation deactivate/deactivation block unblock execute/execution run test generate/generation process/processing enrich/enrichment ingest/ingestion version/versioning transfer return renew/renewal rent lend borrow reserve notify validate/validation orchestrate/orchestration render/rendering connect sign assign/assignment deliver/delivery refund choose refine suspend/suspension authorise authorize/authorization release calculate/calculation issue share review restore/restoration deploy/deployment lock unlock accept decline expire withdraw retire print merge split hire pay buy/purchase sell authenticate/authentication/login',
};

const PT_PARTICIPLE: Readonly<Record<string, string>> = {
  abrir: 'abert',
  inserir: 'inserid',
  submeter: 'submetid',
  ver: 'vist',
  suspender: 'suspens',
  emitir: 'emitid',
  entregar: 'entregu',
};
const EN_IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  lend: ['lent'],
  send: ['sent'],
  run: ['ran'],
  read: ['read'],
  see: ['seen'],
  find: ['found'],
  withdraw: ['withdrawn'],
  choose: ['chosen'],
  show: ['shown'],
  pay: ['paid'],
  set: ['set', 'setting'],
  submit: ['submitted', 'submitting'],
  write: ['written', 'wrote'],
  cancel: ['cancelled', 'canceled', 'cancelling'],
  split: ['split', 'splitting'],
};

const ptForms = (lemma: string): readonly string[] => {
  const stem = lemma.slice(0, -2);
  const theme = lemma.endsWith('ar') ? 'a' : lemma.endsWith('er') ? 'e' : 'i';
  const participle = PT_PARTICIPLE[lemma] ?? `${stem}${theme === 'a' ? 'ad' : 'id'}`;
  const present = theme === 'a' ? ['a', 'am', 'e', 'em', 'ando'] : ['e', 'em', 'a', 'am', 'endo', 'indo'];
  const soft = lemma.endsWith('car') ? [`${stem.slice(0, -1)}que`] : lemma.endsWith('gar') ? [`${stem}ue`] : [];
  return [
    lemma,
    `${lemma}em`,
    ...present.map((s) => stem + s),
    ...soft,
    ...['o', 'a', 'os', 'as'].map((s) => participle + s),
  ];
};
const enForms = (lemma: string): readonly string[] => {
  const e = lemma.endsWith('e') ? lemma.slice(0, -1) : lemma;
  const y = /[^aeiou]y$/.test(lemma) ? lemma.slice(0, -1) + 'i' : undefined;
  const third = y ? `${y}es` : /(s|x|z|ch|sh)$/.test(lemma) ? `${lemma}es` : `${lemma}s`;
  return [lemma, third, y ? `${y}ed` : `${e}ed`, `${e}ing`, ...(EN_IRREGULAR[lemma] ?? [])];
};

const build = (
  table: Readonly<Record<VerbKind, string>>,
  forms: (lemma: string) => readonly string[],
): ReadonlyMap<string, Verb> => {
  const map = new Map<string, Verb>();
  const put = (word: string, verb: Verb): void => {
    const key = ascii(word).toLowerCase();
    if (!map.has(key)) map.set(key, verb);
  };
  for (const kind of Object.keys(table) as VerbKind[])
    for (const entry of table[kind].split(' ')) {
      const [lemma = '', ...nouns] = entry.split('/');
      const verb = { kind, slug: ascii(lemma) };
      for (const form of forms(lemma)) put(form, { ...verb, noun: false });
      for (const noun of nouns) put(noun, { ...verb, noun: true });
    }
  return map;
};

const VERBS: Readonly<Record<Language, ReadonlyMap<string, Verb>>> = { pt: build(PT, ptForms), en: build(EN, enForms) };

/** The verb (or its noun) that a word is a form of. */
export const verbOf = (word: string, language: Language): Verb | undefined =>
  VERBS[language].get(ascii(word).toLowerCase());

const NOT_VERBS = new Set([
  'lugar',
  'mulher',
  'par',
  'mar',
  'ar',
  'celular',
  'dolar',
  'lar',
  'poder',
  'dever',
  'prazer',
  'titular',
  'escolar',
  'familiar',
  'popular',
  'militar',
  'hospitalar',
  'auxiliar',
  'complementar',
  'preliminar',
  'particular',
  'similar',
  'permitir',
  'poder',
  'ser',
  'ter',
  'haver',
  'estar',
  'garantir',
  'impedir',
  'dar',
  'fazer',
  'qualquer',
  'caracter',
  'ler',
  'usar',
  'suportar',
  'integrar',
  'bar',
  'radar',
  'hangar',
  'exemplar',
  'calcular',
]);
/** A Portuguese infinitive that the lexicon does not know is an action of its own (`Polir peças`). */
export const infinitiveOf = (word: string): Verb | undefined => {
  const lower = ascii(word).toLowerCase();
  if (!/^[a-z]{3,}(ar|er|ir)$/.test(lower) || NOT_VERBS.has(lower)) return undefined;
  return { kind: 'action', slug: lower, noun: false };
};

const SYNONYMS: readonly (readonly string[])[] = [
  ['fechar', 'encerrar'],
  ['clonar', 'duplicar'],
  ['clone', 'duplicate'],
  ['finalizar', 'concluir'],
  ['finish', 'complete'],
  ['deletar', 'excluir'],
];
/** Two words for one action. */
export const isSameAction = (a: string, b: string): boolean =>
  a === b || SYNONYMS.some((group) => group.includes(a) && group.includes(b));

/** `bak` → bake, `collect` → collect, `shipp` → ship. */
const englishLemma = (stem: string): string => {
  if (/([bdgmnprt])\1$/.test(stem)) return stem.slice(0, -1);
  if (/i$/.test(stem)) return `${stem.slice(0, -1)}y`;
  return /^[^aeiou]?[^aeiou][aeiou][bcdgklmnprstvz]$/.test(stem) || /(c|v|z|at|ur|[^aeiou]l|[^s]s|[^n]g)$/.test(stem)
    ? `${stem}e`
    : stem;
};

const known = (word: string, language: Language): string | undefined => {
  const verb = VERBS[language].get(word) ?? VERBS.en.get(word) ?? VERBS.pt.get(word);
  return verb && verb.kind !== 'manage' ? verb.slug : undefined;
};

const ofParticiple = (word: string, language: Language): string | undefined => {
  if (/^[a-z]{3,}ed$/.test(word)) return englishLemma(word.slice(0, -2));
  const [, stem, theme] = /^([a-z]{3,})(ad|id)[oa]$/.exec(word) ?? [];
  return language === 'pt' && stem !== undefined ? `${stem}${themeOf(stem, theme)}` : undefined;
};

/** Stems of the second conjugation, whose participle looks like that of the third: `resolvida` is of `resolver`. */
const SECOND =
  /(?:resolv|venc|receb|atend|respond|devolv|vend|colh|perd|mov|defend|ofend|entend|pretend|estend|fornec|oferec|conced|conhec|estabelec|absorv|envolv|bat|met|prend|preench|corr|escond|suspend|esquec|permanec|venc|dev|merec|obedec|exced|proced)$/;
const themeOf = (stem: string, theme: string | undefined): string => {
  if (theme === 'ad') return 'ar';
  return SECOND.test(stem) ? 'er' : 'ir';
};

/** The action that leads to a state: `published` → `publish`, `encerrado` → `encerrar`, `em revisão` → `revisar`. */
export const actionToward = (state: string, language: Language): string => {
  const words = nameWords(state);
  const bare = language === 'pt' && words[0] === 'em' ? words.slice(1) : words;
  const word = bare.length === 1 ? bare.join('') : '';
  const name = words.length > 0 ? words.join('-') : 'state';
  return (
    known(word, language) ?? ofParticiple(word, language) ?? `${language === 'pt' ? 'marcar-como' : 'mark-as'}-${name}`
  );
};
