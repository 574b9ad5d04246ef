import type { CardPage } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';
import type { Words } from '../words/words.types.js';
import { agentName } from './state-badge.js';

/** Where a card comes from, and what it was specified as. */
export const CardFacts = ({ page }: { readonly page: CardPage }) => {
  const words = useWords();
  return (
    <dl className="facts card-facts">
      {factsOf(page, words).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const factsOf = ({ spec, row, origin }: CardPage, words: Words): readonly (readonly [string, string])[] => {
  const facts: (readonly [string, string | undefined])[] = [
    [words.card.agent, agentName(words, row.agent)],
    [words.card.priority, row.priority],
    [words.card.effort, spec.effort],
    [words.card.requirement, spec.requirementIds.join(', ')],
    ['', [originText(origin, words), sourceText(spec.source, words)].filter(Boolean).join(' · ')],
  ];
  return facts.filter((fact): fact is readonly [string, string] => (fact[1] ?? '') !== '');
};

const originText = ({ kind, by }: CardPage['origin'], words: Words): string => {
  const say: Readonly<Record<string, (by: string) => string>> = words.card.origin;
  return say[kind]?.(by) ?? `${kind} ${by}`;
};

const sourceText = (source: CardPage['spec']['source'], words: Words): string =>
  source === undefined ? '' : words.card.source(source.document, source.fromLine, source.toLine);
