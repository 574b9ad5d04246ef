import type { BackendChoice } from '@squados/contracts';

const NAMES = { python: 'Python', go: 'Go' } as const;

/** Why the backend is in its language, in one sentence. */
export const languageReason = (choice: BackendChoice, words: 'pt' | 'en'): string => {
  const { cards, mentions } = choice;
  const name = NAMES[choice.language];
  const say = (pt: string, en: string): string => (words === 'pt' ? pt : en);
  const counted = say(
    `de ${cards} cartões de backend, ${mentions.go} pedem Go e ${mentions.python} pedem Python`,
    `of ${cards} backend cards, ${mentions.go} ask for Go and ${mentions.python} for Python`,
  );
  if (choice.by === 'policy')
    return say(
      `Backend em ${name}: a política da execução o pede.`,
      `Backend in ${name}: the run's policy asks for it.`,
    );
  return choice.by === 'cards'
    ? say(`Backend em ${name}: ${counted}.`, `Backend in ${name}: ${counted}.`)
    : say(`Backend em ${name}, por padrão: ${counted}.`, `Backend in ${name}, by default: ${counted}.`);
};
