import type { KitFile } from '../kit-file.js';

export const appAppTest: KitFile = {
  path: 'src/app/app.test.tsx',
  text: `import { describe, expect, it } from '@jest/globals';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { en } from '../i18n/en';
import { pt } from '../i18n/pt';
import { FakeServer } from '../testing/fake-server';
import { brokenRules, renderApp } from '../testing/render-app';
import type { Feature } from './feature';
import { PRODUCT } from './product';
import { start } from './start';

const things: Feature = {
  resource: 'things',
  label: 'Things',
  count: (http, signal) => http.send({ method: 'GET', path: '/things', signal }),
  List: () => <h1>All things</h1>,
  New: () => <h1>New thing</h1>,
  Detail: ({ id }) => <h1>Thing {id}</h1>,
  Edit: ({ id }) => <h1>Edit {id}</h1>,
};
const broken: Feature = {
  resource: 'broken',
  label: 'Broken',
  List: () => {
    throw new Error('planned');
  },
};
const features = [things, broken];
const aServer = () => new FakeServer().on('GET', '/things', { status: 200, body: { total: 3 } });
const headingOf = (page: Element): string => page.querySelector('h1')?.textContent ?? '';

describe('the shell', () => {
  it('shows what there is and how much of it, and breaks no rule of accessibility', async () => {
    const page = await renderApp({ server: aServer(), at: '#/', features });
    expect(await screen.findByText(en.records(3))).toBeVisible();
    const navigation = screen.getByRole('navigation', { name: en.mainNavigation });
    expect(
      within(navigation)
        .getAllByRole('link')
        .map((a) => a.textContent),
    ).toEqual([en.home, 'Things', 'Broken']);
    expect(within(navigation).getByText(en.home)).toHaveAttribute('aria-current', 'page');
    expect(screen.getByRole('heading', { level: 1 })).toHaveFocus();
    expect(await brokenRules(page)).toEqual([]);
  });

  it('says so when it cannot count', async () => {
    await renderApp({ server: new FakeServer(), at: '#/', features });
    expect(await screen.findByText(en.problems.missing)).toBeVisible();
  });

  it.each([
    ['#/things', 'All things'],
    ['#/things/new', 'New thing'],
    ['#/things/7', 'Thing 7'],
    ['#/things/7/edit', 'Edit 7'],
    ['#/things/7/else', en.notFound.title],
    ['#/things/new/edit', 'Edit new'],
    ['#/broken/new', en.notFound.title],
    ['#/nothing', en.notFound.title],
  ])('at %s', async (at, heading) => {
    const page = await renderApp({ server: aServer(), at, features });
    expect(headingOf(page)).toBe(heading);
  });

  it('follows the address', async () => {
    const page = await renderApp({ server: aServer(), at: '#/things', features });
    act(() => {
      window.location.hash = '#/things/8';
    });
    await waitFor(() => {
      expect(headingOf(page)).toBe('Thing 8');
    });
  });

  it('keeps a page that fails from taking the rest along', async () => {
    const page = await renderApp({ server: aServer(), at: '#/broken', features });
    expect(screen.getByRole('alert')).toHaveTextContent(en.crash.title);
    fireEvent.click(screen.getByRole('button', { name: en.retry }));
    expect(screen.getByRole('alert')).toHaveTextContent(en.crash.text);
    expect(page.querySelector('nav')).toBeVisible();
  });

  it('speaks the language that was chosen, and remembers it', async () => {
    await renderApp({ server: aServer(), at: '#/nothing', features });
    fireEvent.change(screen.getByLabelText(en.language), { target: { value: 'pt-BR' } });
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(pt.notFound.title);
    expect(document.documentElement).toHaveAttribute('lang', 'pt-BR');
    expect(window.localStorage.getItem('locale')).toBe('pt-BR');
  });

  it('looks as was chosen, and remembers it', async () => {
    await renderApp({ server: aServer(), at: '#/nothing', features });
    expect(document.documentElement).toHaveAttribute('data-theme', 'system');
    fireEvent.change(screen.getByLabelText(en.theme.label), { target: { value: 'dark' } });
    expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
    expect(window.localStorage.getItem('theme')).toBe('dark');
  });

  it('lets the keyboard skip the navigation', async () => {
    const page = await renderApp({ server: aServer(), at: '#/nothing', features });
    fireEvent.click(screen.getByRole('button', { name: en.skipToContent }));
    expect(page.querySelector('main')).toHaveFocus();
  });
});

describe('the start', () => {
  it('reads the configuration and shows the product', async () => {
    const element = document.body.appendChild(document.createElement('div'));
    const server = new FakeServer().on('GET', 'config.json', { status: 200, body: { apiBase: '/there' } });
    const root = await act(() => start(element, server.fetch));
    expect(element.querySelector('.brand')?.textContent).toBe(PRODUCT);
    expect(server.calls.slice(1).every(({ url }) => url.startsWith('/there/'))).toBe(true);
    act(() => {
      root.unmount();
    });
    element.remove();
  });
});
`,
};
