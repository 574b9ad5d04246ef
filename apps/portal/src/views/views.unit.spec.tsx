import { describe, expect, it } from '@jest/globals';
import type { CardPage, CardRow } from '@squados/portal-gateway/wire';
import { renderToStaticMarkup } from 'react-dom/server';
import { en } from '../words/en.js';
import { feedWords } from '../words/feed-words.js';
import { firstLanguage } from '../words/language.js';
import { pt } from '../words/pt.js';
import { durationText } from '../words/times.js';
import { ApprovalDialog } from './approval-dialog.js';
import { textOf } from './artifact-text.js';
import { Board } from './board.js';
import { actionsFor } from './card-actions.js';
import { CardTile } from './card-tile.js';
import { columnOf, columnsOf } from './columns.js';
import { CriteriaView } from './criteria-view.js';
import { parseRoute, routeHash } from './route.js';
import { stateReason } from './state-reason.js';
import { StartPanel } from './start-panel.js';
import { VerdictView } from './verdict-view.js';

const row = (change: Partial<CardRow> = {}): CardRow => ({
  ...{ id: 'ARCH-1', title: 'T', agent: 'arch', priority: 'LOW', state: 'TODO', attempt: 0, retries: 0, waits: 0 },
  ...{ held: false, ready: false, assumed: false },
  ...change,
});
const page = (change: Partial<CardRow>, more: Partial<CardPage> = {}): CardPage =>
  ({ row: row(change), openGates: [], attempts: [], ...more }) as unknown as CardPage;
const everything = {
  commands: ['RetryCard', 'SkipCard', 'RollBack', 'ApproveCard', 'WaiveGate'],
  intake: true,
  maxDocumentBytes: 1,
};

describe('where a project begins', () => {
  it('the file picker offers whatever a run on the command line reads', () => {
    const html = renderToStaticMarkup(<StartPanel maxBytes={1} />);
    const offered = /accept="([^"]+)"/.exec(html)?.[1]?.split(',') ?? [];
    const read = ['md', 'markdown', 'txt', 'feature', 'json', 'yaml', 'yml', 'sql', 'ddl'];
    expect(offered).toEqual(read.map((kind) => `.${kind}`));
  });
});

describe('where a card stands', () => {
  it('what waits for a decision is with the people, whatever its state', () => {
    expect(columnOf(row({ state: 'EVALUATING' }))).toBe('working');
    expect(columnOf(row({ state: 'EVALUATING', held: true }))).toBe('person');
  });

  it('columns find by id and title, and put the newest of what is done first', () => {
    const cards = ['A', 'B', 'C'].map((id, touched) => ({
      row: row({ id, state: 'DONE', title: `title ${id}` }),
      touched,
    }));
    expect(columnsOf(cards, { text: '', agent: undefined }).done.map((card) => card.row.id)).toEqual(['C', 'B', 'A']);
    expect(columnsOf(cards, { text: 'TITLE b', agent: 'arch' }).done.map((card) => card.row.id)).toEqual(['B']);
    expect(columnsOf(cards, { text: '', agent: 'qa' }).done).toEqual([]);
  });

  it('a board of ten thousand cards shows a part of each column and offers the rest', () => {
    const cards = new Map(
      Array.from({ length: 10_000 }, (_, i) => [`C-${i}`, { row: row({ id: `C-${i}` }), touched: 1 }] as const),
    );
    const shown = renderToStaticMarkup(<Board cards={cards} filter={{ text: '', agent: undefined }} />);
    expect(shown.match(/class="tile"/g)).toHaveLength(30);
    expect(shown).toContain(en.more(60));
  });

  it('is kept in the address, whatever the id is', () => {
    for (const card of ['BE-001', 'A/B "c"', 'ação 1%', '#/board'])
      expect(parseRoute(routeHash({ tab: 'board', card }))).toEqual({ tab: 'board', card });
    expect(parseRoute('#/board/%')).toEqual({ tab: 'board' });
    expect(parseRoute('#/nowhere/x')).toMatchObject({ tab: 'board' });
  });
});

describe('text from outside', () => {
  const hostile = '"><img src=x onerror=alert(1)>';

  it('stays text on a tile and in a verdict', () => {
    const verdict = {
      ...{
        gate: hostile,
        outcome: 'fail' as const,
        profile: 'quick' as const,
        required: true,
        command: hostile,
        durationMs: 1,
      },
      ...{ summary: hostile, excerpt: hostile, isolation: { level: 0 as const, by: hostile } },
      findings: [{ path: hostile, severity: 'error' as const, message: hostile }],
    };
    const shown =
      renderToStaticMarkup(<CardTile row={row({ id: hostile, title: hostile })} />) +
      renderToStaticMarkup(<VerdictView verdict={verdict} waiver={undefined} />);
    expect(shown).not.toContain('<img');
  });

  it('that turns the line around is shown, not obeyed; bytes are no text', () => {
    const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;
    expect(textOf(bytes('a\u202eb\u0007'))).toEqual({ kind: 'text', text: 'a\\u{202e}b\\u{7}', isCut: false });
    expect(textOf(new Uint8Array([0xff, 0xfe, 0x00]).buffer)).toEqual({ kind: 'binary' });
    expect(textOf(bytes('x'.repeat(400_000)))).toMatchObject({ isCut: true });
  });
});

describe('what a person is offered', () => {
  it.each([
    [{ state: 'DEAD_LETTERED', attempt: 2 }, ['retry', 'skip', 'rollback']],
    [{ state: 'TODO' }, ['skip']],
    [{ state: 'EXECUTING', attempt: 1 }, ['skip', 'rollback']],
    [{ state: 'DONE', attempt: 1 }, ['rollback']],
    [{ state: 'STALE', attempt: 1 }, ['retry', 'rollback']],
  ] as const)('of a card %j: %j', (change, offered) => {
    expect(actionsFor(page(change), everything)).toEqual(offered);
  });

  it('an approval names what is approved, and is offered where the running version knows it', () => {
    const approval = { gate: 'staging', missing: ['tech-lead', 'qa-lead'], manifestHash: 'f'.repeat(64) };
    const waiting = page({ state: 'AWAITING_APPROVAL', held: true, attempt: 1 }, { approval });
    expect(actionsFor(waiting, everything)).toEqual(['approve', 'refuse', 'skip', 'rollback']);
    expect(actionsFor(waiting, { ...everything, commands: ['SkipCard'] })).toEqual(['skip']);
    expect(stateReason(waiting, en)).toContain('tech-lead, qa-lead');
    const shown = renderToStaticMarkup(<ApprovalDialog decision="approve" page={waiting} onClose={() => undefined} />);
    for (const part of ['staging', '<option>qa-lead</option>', approval.manifestHash]) expect(shown).toContain(part);
  });
});

describe('the words', () => {
  it('say why for every state, in both languages', () => {
    for (const words of [en, pt])
      for (const state of Object.keys(en.states) as CardRow['state'][])
        expect(stateReason(page({ state, attempt: 1 }), words)).toMatch(/\S/);
  });

  it('an event that the page has no words for is told by its name', () => {
    const unknown = { key: '1.0', time: '', type: 'SomethingNew' as never, facts: {} };
    expect(feedWords(unknown, pt)).toBe('SomethingNew');
  });

  it('come in the language that was chosen, else the browser’s', () => {
    expect([firstLanguage('pt', 'en-US'), firstLanguage(null, 'pt-BR'), firstLanguage('xx', 'de')]).toEqual([
      'pt',
      'pt',
      'en',
    ]);
  });

  it('tell durations as people do', () => {
    expect([5, 1_500, 10_000, 59_000, 200_000, 7_500_000].map(durationText)).toEqual([
      ...['5 ms', '1.5 s', '10 s', '59 s', '3 min 20 s', '2 h 05 min'],
    ]);
  });
});

describe('the criteria of a card', () => {
  const sha256 = 'abcdef0123456789'.repeat(4);
  const shown = renderToStaticMarkup(
    <CriteriaView
      card="PROD-1"
      criteria={[
        {
          ...{ criterion: 'The ISBN is unique', verdict: 'pass', card: 'BE-1', attempt: 2 },
          check: { gate: 'py-tests', by: 'a unique value' },
          artifacts: ['a', 'b', 'c', 'd'].map((name) => ({ path: `tests/${name}.py`, sha256 })),
        },
        { criterion: '<b>A loan ends</b>', verdict: 'refer', artifacts: [] },
      ]}
    />,
  );

  it('name the check that covers each, whose it is, and what it looked at by name and hash', () => {
    expect(shown).toContain(en.criteria.holds(1, 2));
    expect(shown).toMatch(/aria-label="holds".*BE-1<\/button>.*py-tests, attempt 2<\/span>: a unique value/);
    expect(shown).toMatch(/<code>abcdef012345<\/code>.*tests\/a\.py/);
    expect(shown).toContain(en.criteria.more(1));
  });

  it('say of the others that nobody has looked, and show any text as text', () => {
    expect(shown).toMatch(/data-state="open".*&lt;b&gt;A loan ends.*no check covers it/);
  });
});
