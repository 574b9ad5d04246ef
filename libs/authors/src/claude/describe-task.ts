import type { Files, RoleTools, Task } from '@squados/agent-runtime';
import type { CardSpec } from '@squados/contracts';
import { fenced } from './fence.js';
import { steady } from './verdict-text.js';

/** All documents of a project together. */
const MOST_DOCUMENTS = 160_000;
const MOST_CARDS = 200;
const MOST_PATHS = 400;

/** What is the same for every card of a project: its documents, or where there are none its cards. */
export const projectText = async (task: Task, tools: RoleTools): Promise<string> => {
  const texts: string[] = [];
  let left = MOST_DOCUMENTS;
  for (const { name, sha256 } of task.project.documents) {
    if (left <= 0) break;
    const text = new TextDecoder().decode(await tools.readArtifact(sha256));
    texts.push(fenced(name, text, left));
    left -= text.length;
  }
  const head = `The project:\n${fenced('project', task.project.title)}`;
  return texts.length > 0 ? [head, 'Its documents:', ...texts].join('\n\n') : `${head}\n\n${cardsText(task.cards)}`;
};

const cardsText = (cards: readonly CardSpec[]): string =>
  ['It has no documents. Its cards:', fenced('cards', cards.slice(0, MOST_CARDS).map(cardLine).join('\n'))].join(
    '\n\n',
  );

const cardLine = ({ id, agent, title }: CardSpec): string => `${id} (${agent}): ${title}`;

/** The card, and what there is to work on. */
export const cardText = (task: Task, draft: Files): string => {
  const { card } = task;
  const facts = {
    ...{ id: card.id, title: card.title, description: card.description, priority: card.priority },
    ...{ acceptanceCriteria: card.acceptanceCriteria, requirements: card.requirementIds },
    ...(card.userStory !== undefined && { userStory: card.userStory }),
    language: card.language ?? 'en',
  };
  const parts = [
    'Your card:',
    fenced('card', JSON.stringify(facts, undefined, 1)),
    ...(!isAboutTheWork(task.feedback)
      ? []
      : ['What was said of the attempt before:', fenced('feedback', steady(task.feedback))]),
    'The version that you work on has these files:',
    fenced('files', listed([...draft.keys()])),
    ...task.dependencies.flatMap(({ card: { id }, manifest }) =>
      Object.keys(manifest).length === 0
        ? []
        : [`${id} delivered:`, fenced(`files of ${id}`, listed(Object.keys(manifest)))],
    ),
    'Read what you need, write what you change, then end with the JSON object.',
  ];
  return parts.join('\n\n');
};

/** Trouble with the provider or the clock is not the author's: told, it would only make every request of the retry a new one. */
const isAboutTheWork = (feedback: string | undefined): feedback is string =>
  feedback !== undefined && !/^(?:deadline|worker-lost|model-(?:provider-error|unreachable|cut-off))\b/.test(feedback);

const listed = (paths: readonly string[]): string => {
  const shown = [...paths].sort().slice(0, MOST_PATHS);
  return [...shown, ...(paths.length > MOST_PATHS ? [`… and ${paths.length - MOST_PATHS} more`] : [])].join('\n');
};
