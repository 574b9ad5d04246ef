import type { CardSpec } from '@squados/contracts';

import { subjectOf, type CardKind } from './card-kind.js';
import { bullets, checklist, inline, page, quoted, table } from './markdown.js';
import { languageOfCard } from './plan-from-cards.js';
import { errorCases, isDerived, operations, type Say } from './spec-cases.js';
import { say, type Language } from './wording.js';

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
