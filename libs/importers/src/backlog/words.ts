import type { AgentName, CardState, Priority } from '@squados/contracts';
import { AGENT_OWNERS, agentName, ownerOf } from '@squados/contracts';

/** Lower case, no accents, words joined by one underscore: `Em Andamento` → `em_andamento`, `P-0` → `p_0`. */
const folded = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

const table = <T extends string>(rows: Readonly<Record<T, string>>): ReadonlyMap<string, T> =>
  new Map(Object.entries<string>(rows).flatMap(([meaning, words]) => words.split(' ').map((w) => [w, meaning as T])));

const PRIORITY_WORDS = table<Priority>({
  CRITICAL:
    'p0 0 critical critico critica highest blocker urgent urgente muito_alta must must_have essencial essential',
  HIGH: 'p1 1 high alta alto major importante should should_have',
  MEDIUM: 'p2 2 medium media medio moderada normal could could_have',
  LOW: 'p3 3 p4 4 low baixa baixo lowest minor trivial muito_baixa wont wont_have desejavel desirable opcional optional',
});

/** P0–P4, numbers 0–4, words in English and Portuguese, MoSCoW; any case. Undefined: not a priority word. */
export const priorityOf = (word: string): Priority | undefined =>
  PRIORITY_WORDS.get(folded(word)) ?? only(folded(word).split('_'), PRIORITY_WORDS, isLetters);

const isLetters = (word: string): boolean => /^[a-z]/.test(word);

/** What one of several words means, as long as no other of them means something else: `1 - High`, `Frontend Developer`. */
const only = <T>(
  words: readonly string[],
  meanings: ReadonlyMap<string, T>,
  counts: (word: string) => boolean,
): T | undefined => {
  const found = new Set(words.filter(counts).flatMap((word) => meanings.get(word) ?? []));
  return found.size === 1 ? [...found][0] : undefined;
};

/** What a status word means for import and export. */
export type Standing = 'todo' | 'progress' | 'review' | 'done' | 'failed' | 'blocked' | 'skipped';

const ENGLISH_STATUS = table<Standing>({
  todo: 'todo to_do backlog open pending new ready planned not_started ready_for_dev selected_for_development',
  progress: 'in_progress progress doing started active wip correcting running executing',
  review: 'in_review review validating verifying testing in_test approved awaiting_approval in_qa',
  done: 'done complete completed closed finished resolved shipped merged',
  failed: 'failed failure error rejected escalated dead_lettered',
  blocked: 'blocked on_hold waiting paused',
  skipped: 'skipped skip cancelled canceled wontfix wont_do wont_fix obsolete deferred archived',
});
const PORTUGUESE_STATUS = table<Standing>({
  todo: 'a_fazer pendente aberto aberta novo nova planejado planejada nao_iniciado nao_iniciada',
  progress: 'em_andamento em_progresso fazendo iniciado iniciada em_execucao executando',
  review: 'em_revisao revisao validando em_validacao em_teste aprovado aprovada',
  done: 'concluido concluida feito feita finalizado finalizada pronto pronta entregue completo completa encerrado encerrada',
  failed: 'falhou falha erro rejeitado rejeitada reprovado reprovada',
  blocked: 'bloqueado bloqueada impedido impedida em_espera pausado pausada',
  skipped:
    'pulado pulada ignorado ignorada arquivado arquivada cancelado cancelada dispensado dispensada adiado adiada',
});

/** Meaning of a status word in English or Portuguese, any case; undefined for a word nobody knows. */
export const standingOf = (word: string): Standing | undefined =>
  ENGLISH_STATUS.get(folded(word)) ?? PORTUGUESE_STATUS.get(folded(word));

export const isPortugueseStatus = (word: string): boolean => PORTUGUESE_STATUS.has(folded(word));

export const CANONICAL_WORDS: Readonly<Record<Standing, string>> = {
  todo: 'TODO',
  progress: 'IN_PROGRESS',
  review: 'IN_REVIEW',
  done: 'DONE',
  failed: 'FAILED',
  blocked: 'BLOCKED',
  skipped: 'SKIPPED',
};
export const PORTUGUESE_WORDS: Readonly<Record<Standing, string>> = {
  todo: 'A FAZER',
  progress: 'EM ANDAMENTO',
  review: 'EM REVISÃO',
  done: 'CONCLUÍDO',
  failed: 'FALHOU',
  blocked: 'BLOQUEADO',
  skipped: 'PULADO',
};

/** How a card's derived state reads in a backlog. A stale card has to be done again. */
export const STANDING_OF_STATE: Readonly<Record<CardState, Standing>> = {
  TODO: 'todo',
  ENQUEUED: 'progress',
  EXECUTING: 'progress',
  VERIFYING: 'progress',
  EVALUATING: 'progress',
  AWAITING_APPROVAL: 'review',
  DONE: 'done',
  RETRYING: 'progress',
  DEAD_LETTERED: 'failed',
  SKIPPED: 'skipped',
  BLOCKED: 'blocked',
  STALE: 'todo',
};

const AGENT_WORDS = table<string>({
  product: 'product produto po productowner',
  arch: 'arch arq architecture arquitetura architect arquiteto',
  infra: 'infra infrastructure infraestrutura devops deploy sre platform',
  frontend: 'frontend fe ui web',
  backend: 'backend be api',
  qa: 'qa quality qualidade test testing teste testes',
});

/** The agent that a stated squad, team or assignee means: an agent's own name, or a word such as `produto`, `ProductOwnerAgent`, `front-end`. */
export const agentOfWord = (word: string, known: readonly AgentName[]): AgentName | undefined => {
  const exact = known.find((name) => name === word.trim());
  if (exact) return exact;
  const plain = folded(word)
    .replace(/_/g, '')
    .replace(/(agent|agente|squad|team|time)$/, '')
    .replace(/owner$/, '');
  const name = AGENT_WORDS.get(plain) ?? ownerOf(plain)?.agent ?? only(folded(word).split('_'), AGENT_WORDS, isLetters);
  return name === undefined ? undefined : agentName(name);
};

export const STANDARD_AGENTS: readonly AgentName[] = AGENT_OWNERS.map((owner) => owner.agent);
