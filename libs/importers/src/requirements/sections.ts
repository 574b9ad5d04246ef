import type { DocumentLine } from './document-lines.js';
import { leadingId } from './requirement-id.js';
import { fold, headingWords } from './words.js';

export type SectionRole =
  | 'features'
  | 'roadmap'
  | 'rules'
  | 'non-functional'
  | 'stories'
  | 'use-cases'
  | 'acceptance'
  | 'boilerplate'
  | 'other';

/** A heading with the lines that it rules: up to the next heading of its level or above. */
export interface Section {
  readonly title: string;
  readonly level: number;
  readonly fromLine: number;
  toLine: number;
  readonly role: SectionRole;
  readonly children: Section[];
  /** Headings above it, outermost first. */
  readonly path: readonly string[];
  readonly parent?: Section;
}

const starts = (...words: string[]) => new RegExp(`^(?:${words.join('|')})`);
const holds = (...words: string[]) => new RegExp(words.join('|'));

/** First match wins; texts are folded. */
const ROLES: readonly (readonly [SectionRole, RegExp])[] = [
  [
    'non-functional',
    holds(
      'nao[- ]funciona',
      'non[- ]?functional',
      '\\bnfrs?\\b',
      '^rnfs?\\b',
      'quality attributes',
      'atributos de qualidade',
      '^performance requirements',
      '^requisitos de (?:desempenho|seguranca|qualidade)',
    ),
  ],
  [
    'boilerplate',
    holds(
      '^indice',
      '^sumario',
      'table of contents',
      '^contents$',
      '^overview',
      '^visao (?:geral|do produto)',
      '^executive summary',
      '^introdu',
      '^resumo',
      '^purpose',
      '^proposito',
      '^objetiv',
      '^(?:project |product |business )?goals?$',
      '^objectives?$',
      '^dataset',
      '^problem statement',
      '^(?:target )?(?:users|audience)$',
      '^publico[- ]alvo',
      '^informacoes do documento',
      '^document (?:information|control)',
      '^open (?:items|issues)',
      '^(?:explicitly )?not (?:implemented|included|in scope)',
      '^nao (?:implementad|inclui|faz parte|fazem parte)',
      '^(?:optional|possible|planned) future',
      '^trabalhos futuros',
      '^scope$',
      '^escopo$',
      '^risks?\\b',
      '^riscos?\\b',
      '^glossar',
      '^definitions',
      '^definicoes',
      '^references?$',
      '^referencias?$',
      '^rastreabilidade',
      '^requirements? traceability',
      '^traceability',
      'traceability matrix',
      'matriz de rastreabilidade',
      '^matriz\\b',
      '^appendix',
      '^apendice',
      '^anexo',
      '^(?:version|revision|document|change) history',
      '^historico de (?:revis|vers|alterac|mudanc)',
      '^changelog',
      '^revis(?:ion|ao|oes)\\b',
      'sign-?off',
      '^aprovac(?:ao|oes)$',
      '^out[- ]of[- ]scope',
      '^fora d[eo] escopo',
      '^non-goals',
      '^future\\b',
      '^futur',
      '^melhorias futuras',
      '^funcionalidades futuras',
      '^assumption',
      '^premissas',
      '^suposic',
      '^restric',
      '^constraints?\\b',
      '^limitac',
      '^limitations?\\b',
      '^(?:logical |external )?dependenc',
      '^(?:user )?personas?(?: |$)',
      '^stakeholders?$',
      '^atores',
      '^actors',
      '^diagram',
      '^conclus',
      '^next steps',
      '^proxim[oa]s? (?:ac|passos)',
      '^success (?:metric|criteria)',
      '^metricas de sucesso',
      '^edge cases',
      '^(?:target )?market',
      '^mercado',
      '^open questions',
      '^cobertura',
      '^coverage$',
      '^test coverage',
      '^beneficios?$',
      '^timeline',
      '^cronograma',
      '^cross[- ]references?',
      '^referencias cruzadas',
    ),
  ],
  [
    'acceptance',
    starts('acceptance criteria', 'criterios? de aceit', 'acceptance tests', 'acceptance$', 'criterios? de aceite'),
  ],
  ['rules', holds('regras? de negocio', 'business rules?', '^regras\\b', '^rules\\b', '^rns?$')],
  ['stories', holds('user stor', 'historias? de usuario', 'user scenario', '^historias\\b', '^stories\\b', 'estorias')],
  [
    'features',
    holds(
      'feature',
      'funcionalidade',
      'functional requirement',
      'requisitos? funciona',
      'functional use case',
      'functionality',
      'capabilit',
      '^capacidades',
      'functional spec',
      'especificacao funcional',
      'recursos principais',
      '^recursos(?: basicos| essenciais| do (?:sistema|produto))?$',
      '^rfs?$',
      '^modules\\b',
      '^modulos\\b',
      'o que o sistema faz',
    ),
  ],
  ['use-cases', holds('use cases?', 'casos? de uso')],
  [
    'roadmap',
    holds(
      'roadmap',
      '^mvp\\b',
      'mvp requirements',
      'implementation plan',
      'plano de implementacao',
      '^requirements?$',
      '^requisitos(?: do sistema)?$',
      '^escopo do',
      '^scope of',
      '^what it does',
    ),
  ],
];

/** `Phase 3: Advanced Features` is a step of a plan, whatever it is called. */
export const isPhase = (title: string): boolean =>
  /^(?:phase|fase|sprint|milestone|marco|release|etapa|q[1-4]\b|v\d)/.test(fold(title));

export const roleOf = (title: string): SectionRole => {
  const text = fold(title);
  if (isPhase(title)) return 'other';
  return ROLES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
};

const pathOf = (parent: Section | undefined): readonly string[] => (parent ? [...parent.path, parent.title] : []);

/** The tree of headings, flat in document order. */
export const sectionsOf = (lines: readonly DocumentLine[]): readonly Section[] => {
  const all: Section[] = [];
  const open: Section[] = [];
  const close = (level: number, line: number): void => {
    while ((open.at(-1)?.level ?? 0) >= level) {
      const last = open.pop();
      if (last) last.toLine = line;
    }
  };
  for (const line of lines) {
    if (line.kind !== 'heading' || line.level === undefined) continue;
    close(line.level, line.n - 1);
    const parent = open.at(-1);
    const title = headingWords(line.body);
    const section: Section = {
      title,
      level: line.level,
      fromLine: line.n,
      toLine: lines.length,
      role: leadingId(line.body) ? 'other' : roleOf(title),
      children: [],
      path: pathOf(parent),
      ...(parent && { parent }),
    };
    parent?.children.push(section);
    open.push(section);
    all.push(section);
  }
  return all;
};

/** True when the section or one above it is an index, a matrix, a glossary, …: ids there are named, not defined. */
export const isBoilerplate = (section: Section | undefined): boolean => {
  for (let at = section; at; at = at.parent) if (at.role === 'boilerplate') return true;
  return false;
};

/** For each line (index = line number) the innermost section that holds it. */
export const sectionByLine = (sections: readonly Section[], count: number): readonly (Section | undefined)[] => {
  const byLine: (Section | undefined)[] = [];
  let next = 0;
  let current: Section | undefined;
  for (let n = 0; n <= count; n++) {
    if (sections[next]?.fromLine === n) current = sections[next++];
    while (current && current.toLine < n) current = current.parent;
    byLine.push(current);
  }
  return byLine;
};
