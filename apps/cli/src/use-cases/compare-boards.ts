import { card, cards, project, projects, type Board } from '@squados/board';

/** What two boards of one log say differently, in words; empty: they agree on every project and card. */
export const differences = (a: Board, b: Board): readonly string[] => {
  const ids = projects(a);
  if (JSON.stringify(ids) !== JSON.stringify(projects(b))) return ['the boards hold different projects'];
  return ids.flatMap((id) => [
    ...(isSame(project(a, id), project(b, id)) ? [] : [`project ${id} differs`]),
    ...[...cards(a, id)].flatMap((one) => (isSame(card(a, id, one), card(b, id, one)) ? [] : [`card ${one} differs`])),
    ...(isSame([...cards(a, id)], [...cards(b, id)]) ? [] : [`project ${id}: the cards differ`]),
  ]);
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
