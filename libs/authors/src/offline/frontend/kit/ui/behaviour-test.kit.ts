import type { KitFile } from '../kit-file.js';

export const uiBehaviourTest: KitFile = {
  path: 'src/ui/behaviour.test.tsx',
  text: `import { describe, expect, it, jest } from '@jest/globals';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { HttpContext } from '../api/http-context';
import type { Answer, Page } from '../api/http';
import { en } from '../i18n/en';
import { ConfirmDialog } from './confirm-dialog';
import { DataTable } from './data-table';
import { FlashProvider, useFlash } from './flash';
import { Pager } from './pager';
import { RelationField, RelationLink, type RelationTarget } from './relation';
import { useRemote, type Load } from './use-remote';

describe('a question', () => {
  it('is asked of the keyboard too: the safe answer has the focus, Escape takes it', () => {
    const onConfirm = jest.fn();
    const onCancel = jest.fn();
    render(
      <ConfirmDialog title="T" text="X" confirmLabel="Do" isBusy={false} onConfirm={onConfirm} onCancel={onCancel} />,
    );
    const dialog = screen.getByRole('alertdialog', { name: 'T' });
    expect(dialog).toHaveAccessibleDescription('X');
    expect(screen.getByRole('button', { name: en.cancel })).toHaveFocus();
    const escaped = new Event('cancel', { cancelable: true });
    act(() => {
      dialog.dispatchEvent(escaped);
    });
    expect([onCancel.mock.calls.length, escaped.defaultPrevented]).toEqual([1, true]);
    fireEvent.click(screen.getByRole('button', { name: 'Do' }));
    expect(onConfirm).toHaveBeenCalledTimes(1);
  });
});

describe('the headings of a table', () => {
  it.each([
    ['a', '-a'],
    ['-a', 'a'],
    [undefined, 'a'],
  ])('sorted by %s ask for %s', (sort, asked) => {
    const onSort = jest.fn();
    const columns = [{ name: 'a', label: 'A', isSortable: true, cell: () => '' }];
    const table = { caption: 'C', columns, rows: [], sort, onSort, hrefOfRow: () => '', isBusy: true };
    render(<DataTable {...table} />);
    fireEvent.click(screen.getByRole('button', { name: 'A' }));
    expect(onSort).toHaveBeenCalledWith(asked);
  });
});

describe('the buttons of a pager', () => {
  it('lead to the pages beside', () => {
    const onPage = jest.fn();
    render(<Pager page={2} size={20} total={60} onPage={onPage} />);
    fireEvent.click(screen.getByRole('button', { name: en.previousPage }));
    fireEvent.click(screen.getByRole('button', { name: en.nextPage }));
    expect(onPage.mock.calls).toEqual([[1], [3]]);
  });
});

function Sayer() {
  const say = useFlash();
  return (
    <button
      type="button"
      onClick={() => {
        say('Done');
      }}
    >
      Say
    </button>
  );
}

describe('what was just done', () => {
  it('is said for ten seconds', () => {
    jest.useFakeTimers();
    render(
      <FlashProvider>
        <Sayer />
      </FlashProvider>,
    );
    fireEvent.click(screen.getByRole('button'));
    act(() => {
      jest.advanceTimersByTime(9_999);
    });
    expect(screen.getByRole('status')).toHaveTextContent(/^Done$/);
    act(() => {
      jest.advanceTimersByTime(1);
    });
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    jest.useRealTimers();
  });
});

function Loaded({ load }: { readonly load: Load<string> }) {
  const [remote, reload] = useRemote(load);
  const text = remote.status === 'loading' ? \`loading after \${remote.previous ?? 'nothing'}\` : remote.status;
  return (
    <button type="button" onClick={reload}>
      {remote.status === 'ready' ? \`\${remote.value} \${remote.etag ?? ''}\` : text}
    </button>
  );
}

describe('something asked for', () => {
  it('is asked for again, shows what was there meanwhile, and gives up what nobody waits for', async () => {
    const signals: AbortSignal[] = [];
    const load: Load<string> = (signal) => {
      signals.push(signal);
      return Promise.resolve({ ok: true, value: \`v\${String(signals.length)}\`, etag: 'e' });
    };
    const { unmount } = render(<Loaded load={load} />);
    expect(screen.getByRole('button')).toHaveTextContent('loading after nothing');
    expect(await screen.findByText('v1 e')).toBeVisible();
    fireEvent.click(screen.getByRole('button'));
    expect(screen.getByRole('button')).toHaveTextContent('loading after v1');
    expect(await screen.findByText('v2 e')).toBeVisible();
    unmount();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});

interface Thing {
  readonly id: string;
}

const target = (total: number, list?: RelationTarget<Thing>['list']): RelationTarget<Thing> => ({
  resource: 'things',
  get: (_http, id) => Promise.resolve({ ok: true, value: { id }, etag: undefined }),
  nameOf: ({ id }) => \`Thing \${id}\`,
  list:
    list ??
    ((_http, { page, size }) => {
      const from = (page - 1) * size;
      const items = Array.from({ length: Math.min(size, total - from) }, (_, i) => ({ id: String(from + i) }));
      return Promise.resolve<Answer<Page<Thing>>>({ ok: true, value: { items, page, size, total }, etag: undefined });
    }),
});

const http = { send: () => Promise.reject(new Error('nothing is sent')) };
const field = { name: 'a', value: '', error: undefined, onChange: () => undefined, label: 'A' };
const choices = (of: RelationTarget<Thing>) =>
  render(
    <HttpContext.Provider value={http}>
      <RelationField {...field} target={of} />
    </HttpContext.Provider>,
  );

describe('a field that points at a row', () => {
  it('offers all rows, page by page', async () => {
    choices(target(101));
    expect(await screen.findByRole('option', { name: 'Thing 100' })).toHaveValue('100');
    expect(screen.getAllByRole('option')).toHaveLength(102);
    expect(screen.queryByText(en.moreOptions(101))).toBeNull();
  });

  it('says so when there are too many to choose from', async () => {
    choices(target(1_001));
    expect(await screen.findByText(en.moreOptions(1_000))).toBeVisible();
  });

  it('ends where a page is empty, and tries again where one failed', async () => {
    let isWell = false;
    const list: RelationTarget<Thing>['list'] = (_http, { page, size }) =>
      Promise.resolve(
        isWell
          ? { ok: true, value: { items: page === 1 ? [{ id: '1' }] : [], page, size, total: 9 }, etag: undefined }
          : { ok: false, problem: { kind: 'unreachable' } },
      );
    choices(target(0, list));
    expect(await screen.findByRole('alert')).toHaveTextContent(en.problems.unreachable);
    expect(screen.getByRole('textbox', { name: 'A' })).toBeDisabled();
    isWell = true;
    fireEvent.click(screen.getByRole('button', { name: en.retry }));
    expect(await screen.findByText(en.moreOptions(1))).toBeVisible();
  });

  it('links to it by its name', async () => {
    render(
      <HttpContext.Provider value={http}>
        <RelationLink target={target(1)} id="123456789" />
        <RelationLink target={target(1)} id={null} />
      </HttpContext.Provider>,
    );
    expect(screen.getByRole('link')).toHaveTextContent('12345678');
    expect(document.body).toHaveTextContent(en.none);
    await waitFor(() => {
      expect(screen.getByRole('link', { name: 'Thing 123456789' })).toHaveAttribute('href', '#/things/123456789');
    });
  });
});
`,
};
