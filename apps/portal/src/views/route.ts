import { useSyncExternalStore } from 'react';

export type Tab = 'board' | 'artifacts' | 'feed';
const TABS: readonly Tab[] = ['board', 'artifacts', 'feed'];

/** Where the page stands; kept in the address so that a reload or a copied address comes back to it. */
export interface Route {
  readonly tab: Tab;
  readonly card?: string;
}

/** `#/board`, `#/board/BE-001`. */
export const parseRoute = (hash: string): Route => {
  const [, name, card] = /^#\/([a-z]+)(?:\/(.+))?$/.exec(hash) ?? [];
  const tab = TABS.find((known) => known === name) ?? 'board';
  const id = decoded(card);
  return id === undefined ? { tab } : { tab, card: id };
};

const decoded = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

export const routeHash = ({ tab, card }: Route): string =>
  `#/${tab}${card === undefined ? '' : `/${encodeURIComponent(card)}`}`;

export const goTo = (route: Route): void => {
  location.hash = routeHash(route);
};

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);
