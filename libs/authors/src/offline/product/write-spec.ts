import type { CardSpec } from '@squados/contracts';
import { fold, plain } from '@squados/importers/requirements';

import { derivedMark } from './card-criteria.js';
import { requirementText, subjectOf, type CardKind } from './card-kind.js';
import { bullets, checklist, inline, page, quoted, table } from './markdown.js';
import { languageOfCard } from './plan-from-cards.js';
import { say, shortened, type Language } from './wording.js';

type Say = (en: string, pt: string) => string;

const sourceText = (card: CardSpec): string =>
  card.source ? `${card.source.document}:${String(card.source.fromLine)}–${String(card.source.toLine)}` : '—';

const facts = (card: CardSpec, t: Say): readonly string[] =>
  table(
    [
      t('Card', 'Cartão'),
      t('Requirement', 'Requisito'),
      t('Priority', 'Prioridade'),
      t('Effort', 'Esforço'),
      t('Source', 'Origem'),
    ],
    [[card.id, card.requirementIds.join(', ') || '—', card.priority, card.effort ?? '—', sourceText(card)]],
  );

const storyOf = (card: CardSpec, t: Say): string => {
  if (card.userStory !== undefined && card.userStory.trim() !== '') return inline(card.userStory);
  const subject = subjectOf(card);
  return t(
    `As a user of the product, I want “${subject}”, so that its acceptance criteria hold.`,
    `Como usuário do produto, quero “${subject}”, para que os seus critérios de aceitação valham.`,
  );
};

const dependencies = (card: CardSpec, t: Say): string =>
  card.dependencies.length === 0
    ? t('It depends on no other card.', 'Não depende de outro cartão.')
    : t(`It depends on ${card.dependencies.join(', ')}.`, `Depende de ${card.dependencies.join(', ')}.`);

const isDerived = (criterion: string): boolean =>
  criterion.startsWith(derivedMark('en')) || criterion.startsWith(derivedMark('pt'));

const assumptionsOf = (card: CardSpec, t: Say): readonly string[] => {
  const derived = card.acceptanceCriteria.filter(isDerived).length;
  const found = [
    ...(derived > 0
      ? [
          t(
            `${String(derived)} of ${String(card.acceptanceCriteria.length)} criteria are derived, because the text states fewer than three.`,
            `${String(derived)} de ${String(card.acceptanceCriteria.length)} critérios são derivados, porque o texto traz menos de três.`,
          ),
        ]
      : []),
    ...(card.source === undefined
      ? [
          t(
            'The card names no document; its own text is the requirement.',
            'O cartão não nomeia documento; o próprio texto é o requisito.',
          ),
        ]
      : []),
    ...(card.acceptanceCriteria.length === 0
      ? [
          t(
            'The card states no criteria; its description is what is accepted against.',
            'O cartão não traz critérios; a aceitação é feita contra a descrição.',
          ),
        ]
      : []),
  ];
  return found.length > 0
    ? bullets(found)
    : [
        t(
          '- The text leaves nothing open that this card has to decide.',
          '- O texto não deixa em aberto nada que este cartão tenha de decidir.',
        ),
      ];
};

const criteriaSection = (card: CardSpec, t: Say): readonly string[] =>
  card.acceptanceCriteria.length === 0
    ? []
    : ['', `## ${t('Acceptance criteria', 'Critérios de aceitação')}`, '', ...checklist(card.acceptanceCriteria)];

const NEGATIVE =
  /\b(?:nao|not|never|nunca|somente|apenas|only|reject|recus|refus|forbidden|invalid|impedi|bloque|obrigatori|required|maxim|minim|at most|at least|up to|ate \d|unic|unique|duplicat|less than|greater than)/;

const statements = (card: CardSpec): readonly string[] => [
  ...card.acceptanceCriteria.filter((c) => !isDerived(c)),
  ...card.description.split('\n').map((line) => plain(line.replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s+/, ''))),
];

/** A rule stands in the criteria and in the description under its title: one row is enough. */
const withoutEchoes = (texts: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return texts.filter((text) => {
    const end = fold(text).slice(-50);
    const fresh = !seen.has(end) && !text.endsWith(':');
    seen.add(end);
    return fresh;
  });
};

/** Statements that say what must not happen, each as an error case with the answer it calls for. */
const errorCases = (card: CardSpec, t: Say): readonly (readonly string[])[] => {
  const stated = statements(card).filter((text) => text.length > 8 && NEGATIVE.test(fold(text)));
  const rows = withoutEchoes(stated)
    .slice(0, 12)
    .map((text) => [shortened(text, 200), answerFor(fold(text), t)]);
  return [
    ...rows,
    [
      t(
        'The request misses a required value or holds one of the wrong type',
        'Falta um valor obrigatório ou há um valor do tipo errado',
      ),
      t('422 and the name of each field', '422 e o nome de cada campo'),
    ],
    [t('The item does not exist', 'O item não existe'), '404'],
  ];
};

const answerFor = (text: string, t: Say): string => {
  if (/unic|unique|duplicat|already|ja (?:existe|esta)/.test(text))
    return t('409 and what it clashes with', '409 e com o que conflita');
  if (/administra|permiss|authoriz|autoriz|forbidden|own account|owner/.test(text))
    return t('403; 401 when nobody is signed in', '403; 401 sem sessão');
  if (/status|state|estado|draft|closed|published|cancel/.test(text))
    return t('409 and the current state', '409 e o estado atual');
  return t('422 and the rule that was broken', '422 e a regra violada');
};

const OPERATIONS: readonly {
  readonly pattern: RegExp;
  readonly en: string;
  readonly pt: string;
  readonly ok: string;
}[] = [
  {
    pattern:
      /\b(?:cri(?:ar|acao|e)|cadastr|registr|adicion|inclu|create|add|register|submit|submet|record|lend|borrow|rent|reserv|agend|schedul|abrir|open)/,
    en: 'Create',
    pt: 'Criar',
    ok: '201',
  },
  {
    pattern:
      /\b(?:list|buscar?|consult|visualiz|pesquis|search|view|find|browse|show|exibir|display|historico|history|report|relator)/,
    en: 'List and read',
    pt: 'Listar e ler',
    ok: '200',
  },
  { pattern: /\b(?:edit|atualiz|alter|update|change|modif|renew|renov)/, en: 'Change', pt: 'Alterar', ok: '200' },
  { pattern: /\b(?:delet|exclu|remov|apag)/, en: 'Delete', pt: 'Excluir', ok: '204' },
  {
    pattern:
      /\b(?:public|publish|fech|close|cancel|aprov|approv|conclu|complete|return|devol|encerr|ativ|activat|pagar|pay|confirm)/,
    en: 'Change its state',
    pt: 'Mudar o estado',
    ok: '200',
  },
];

const operations = (card: CardSpec, language: Language): readonly (readonly string[])[] => {
  const t = say(language);
  const text = fold(`${subjectOf(card)}\n${requirementText(card)}\n${card.acceptanceCriteria.join('\n')}`);
  const named = OPERATIONS.filter((operation) => operation.pattern.test(text));
  const found = named.length > 0 ? named : OPERATIONS.slice(0, 2);
  return found.map((operation) => [
    t(operation.en, operation.pt),
    subjectOf(card),
    operation.ok,
    t('every error case below', 'todos os casos de erro abaixo'),
  ]);
};

const backend = (card: CardSpec, language: Language): readonly string[] => {
  const t = say(language);
  return [
    '',
    `## ${t('Operations wished for', 'Operações desejadas')}`,
    '',
    t(
      'Names, paths and schemas are the architecture owner’s; this is what callers need.',
      'Nomes, caminhos e esquemas são do dono da arquitetura; isto é o que quem chama precisa.',
    ),
    '',
    ...table(
      [t('Operation', 'Operação'), t('On', 'Sobre'), t('Success', 'Sucesso'), t('Refused in', 'Recusada em')],
      operations(card, language),
    ),
    '',
    `## ${t('Error cases', 'Casos de erro')}`,
    '',
    ...table([t('Case', 'Caso'), t('Answer', 'Resposta')], errorCases(card, t)),
    '',
    `## ${t('Data', 'Dados')}`,
    '',
    ...bullets([
      t('A refused request changes nothing that is stored.', 'Um pedido recusado não altera nada do que está gravado.'),
      t('Each change records who made it and when.', 'Cada mudança grava quem a fez e quando.'),
    ]),
  ];
};

const states = (t: Say): readonly (readonly string[])[] => [
  [
    t('Loading', 'Carregando'),
    t(
      'The outline of the screen with a busy sign; actions are off',
      'O contorno da tela com sinal de espera; ações desligadas',
    ),
  ],
  [
    t('Empty', 'Vazia'),
    t(
      'A sentence that says so and the action that adds the first item',
      'Uma frase que o diz e a ação que cria o primeiro item',
    ),
  ],
  [
    t('Filled', 'Preenchida'),
    t('Items in a stated order, with paging above 20', 'Itens em ordem declarada, com paginação acima de 20'),
  ],
  [
    t('Refused', 'Recusada'),
    t(
      'What was typed stays; each message stands at its field',
      'O que foi digitado fica; cada mensagem está no seu campo',
    ),
  ],
  [
    t('Failed', 'Com falha'),
    t('What went wrong and a way to try again', 'O que deu errado e um meio de tentar de novo'),
  ],
];

const frontend = (card: CardSpec, language: Language): readonly string[] => {
  const t = say(language);
  return [
    '',
    `## ${t('Actions on the screen', 'Ações na tela')}`,
    '',
    ...bullets(operations(card, language).map(([operation = '', on = '']) => `${operation}: ${on}`)),
    '',
    `## ${t('States of the screen', 'Estados da tela')}`,
    '',
    ...table([t('State', 'Estado'), t('What people see', 'O que as pessoas veem')], states(t)),
    '',
    `## ${t('Messages', 'Mensagens')}`,
    '',
    ...table([t('When', 'Quando'), t('The API answers', 'A API responde')], errorCases(card, t)),
    '',
    `## ${t('Accessibility', 'Acessibilidade')}`,
    '',
    ...bullets([
      t(
        'Every action works with the keyboard; focus is visible and follows the order of reading.',
        'Toda ação funciona com o teclado; o foco é visível e segue a ordem de leitura.',
      ),
      t(
        'Labels, messages and states reach a screen reader; contrast meets WCAG 2.1 AA.',
        'Rótulos, mensagens e estados chegam ao leitor de tela; o contraste atende WCAG 2.1 AA.',
      ),
    ]),
  ];
};

const design = (card: CardSpec, language: Language): readonly string[] => {
  const t = say(language);
  return [
    '',
    `## ${t('What the design has to settle', 'O que o desenho tem de definir')}`,
    '',
    ...bullets([
      t(
        'Entities, fields with types and limits, relations, states and transitions that the text names.',
        'Entidades, campos com tipos e limites, relações, estados e transições que o texto nomeia.',
      ),
      t('The API: operations, answers, error answers.', 'A API: operações, respostas, respostas de erro.'),
      t('For each rule, where it is enforced.', 'Para cada regra, onde é imposta.'),
      t(
        'What the text leaves open, as a decision with its reason.',
        'O que o texto deixa em aberto, como decisão com o seu motivo.',
      ),
    ]),
    '',
    `## ${t('Error cases', 'Casos de erro')}`,
    '',
    ...table([t('Case', 'Caso'), t('Answer', 'Resposta')], errorCases(card, t)),
  ];
};

const BY_KIND: Partial<Record<CardKind, (card: CardSpec, language: Language) => readonly string[]>> = {
  design,
  backend,
  frontend,
};

/** The specification of one product card, in the card's language; foreign text stands in it only as quotation or list item. */
export const writeSpec = (card: CardSpec, kind: CardKind): string => {
  const language = languageOfCard(card);
  const t = say(language);
  const value =
    card.businessValue === undefined
      ? []
      : ['', `**${t('Business value', 'Valor de negócio')}**: ${inline(card.businessValue)}`];
  return page([
    `# ${inline(card.id)}: ${inline(card.title)}`,
    '',
    ...facts(card, t),
    '',
    `## ${t('User story', 'História de usuário')}`,
    '',
    storyOf(card, t),
    ...value,
    '',
    `## ${t('Context', 'Contexto')}`,
    '',
    dependencies(card, t),
    '',
    `## ${t('The requirement, as written', 'O requisito, como está escrito')}`,
    '',
    ...quoted(card.description.trim() === '' ? card.title : card.description.trim()),
    ...criteriaSection(card, t),
    ...(BY_KIND[kind]?.(card, language) ?? []),
    '',
    `## ${t('Open points and assumptions', 'Pontos em aberto e suposições')}`,
    '',
    ...assumptionsOf(card, t),
  ]);
};
