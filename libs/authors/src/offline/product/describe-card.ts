import { plain } from '@squados/importers/requirements';

import type { ChainType } from './effort.js';
import type { Feature, Note } from './plan.js';
import { say, shortened, type Language } from './wording.js';

const LONGEST_NOTE = 320;

const noteLine = (note: Note): string => {
  const text = shortened(plain(note.text), LONGEST_NOTE);
  const title = text.startsWith(note.title) ? '' : ` ${note.title}:`;
  return `- **${note.id}**${title} ${text === '' ? note.title : text}`;
};

const section = (title: string, notes: readonly Note[]): readonly string[] =>
  notes.length === 0 ? [] : ['', `**${title}**:`, '', ...notes.map(noteLine)];

/** The requirement's whole text first, then the rules and qualities that concern it: enough to work from it alone. */
const forDesign = (feature: Feature, language: Language): string => {
  const t = say(language);
  return [
    feature.text === '' ? feature.title : feature.text,
    ...section(t('Rules that concern it', 'Regras que lhe dizem respeito'), feature.rules),
    ...section(t('Quality requirements', 'Requisitos não funcionais'), feature.qualities),
  ].join('\n');
};

const forServer = (feature: Feature, language: Language): string => {
  const t = say(language);
  const lead = t(
    `Implement the server side of ${feature.id} (“${feature.title}”) as its design describes it: operations, rules, stored data, error answers.`,
    `Implementar o servidor de ${feature.id} (“${feature.title}”) como o desenho o descreve: operações, regras, dados gravados, respostas de erro.`,
  );
  return [
    lead,
    '',
    feature.text,
    ...section(t('Rules that concern it', 'Regras que lhe dizem respeito'), feature.rules),
  ]
    .join('\n')
    .trimEnd();
};

const forScreens = (feature: Feature, language: Language): string => {
  const t = say(language);
  const lead = t(
    `Implement the screens of ${feature.id} (“${feature.title}”) against the API of its backend card: fields, actions, messages, states.`,
    `Implementar as telas de ${feature.id} (“${feature.title}”) sobre a API do cartão de backend: campos, ações, mensagens, estados.`,
  );
  return [lead, '', feature.text].join('\n').trimEnd();
};

const BY_TYPE: Record<ChainType, (feature: Feature, language: Language) => string> = {
  design: forDesign,
  backend: forServer,
  frontend: forScreens,
};

export const describe = (type: ChainType, feature: Feature, language: Language): string =>
  BY_TYPE[type](feature, language);
