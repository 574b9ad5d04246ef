import { describe, expect, it } from '@jest/globals';
import { completed, failed, person, Scenario, spec, started, startProject, verdict } from '@squados/board/testing';
import { cardId, position } from '@squados/contracts';
import { dataFolderAt } from '../solo/data-folder.js';
import { COLORS, NO_COLORS } from '../terminal/palette.js';
import { foldOf } from '../testing/fold-of.js';
import { CONTROLS, HOSTILE } from '../testing/hostile.js';
import { tellingLines, wordsOf } from './event-line.js';
import { failureLines, failureOf } from './first-failure.js';
import { previewLines } from './preview.js';
import { renderBacklog } from './render-backlog.js';
import { summaryLines } from './summary.js';
import { tallyOf } from './tally.js';
import { whyLines, whyPage } from './why-page.js';

/** Every text that people, files and agents can put into a log, hostile. */
const hostile = (): Scenario => {
  const texts = { title: HOSTILE, description: HOSTILE, type: HOSTILE, effort: HOSTILE, userStory: HOSTILE };
  const lists = { acceptanceCriteria: [HOSTILE], requirementIds: [HOSTILE], deliverables: [HOSTILE] };
  const source = { document: HOSTILE, fromLine: 1, toLine: 2 };
  const scenario = Scenario.of(
    [spec('A', { ...texts, ...lists, source }), spec('B', { ...texts, dependencies: ['A'] })],
    startProject({ title: HOSTILE }),
  );
  const findings = [{ path: HOSTILE, line: 3, severity: 'error' as const, message: HOSTILE }];
  const checked = { gate: HOSTILE, command: HOSTILE, summary: HOSTILE, isolation: { level: 0 as const, by: HOSTILE } };
  scenario.step().says('A', started(1, 1, HOSTILE));
  scenario.says('A', verdict(1, { ...checked, outcome: 'fail', findings }));
  scenario.says(
    'A',
    failed(1, { kind: 'terminal', code: HOSTILE, message: HOSTILE, place: HOSTILE, excerpt: `${HOSTILE}\n${HOSTILE}` }),
  );
  scenario.step();
  return scenario;
};

const quiet = (lines: readonly string[]): void => {
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).not.toMatch(CONTROLS);
};

describe('hostile text never reaches the terminal as it is', () => {
  const scenario = hostile();
  const { fold, at } = foldOf(scenario);
  const folder = dataFolderAt('/data');

  it('in the page of a card', () => {
    for (const id of ['A', 'B'])
      quiet(whyLines(whyPage(fold, { project: at.view.id, id: cardId(id), notes: new Map() })!, NO_COLORS));
  });

  it('in the first failure', () => {
    quiet(failureLines(failureOf(at.record.cards.get(cardId('A'))!), NO_COLORS));
  });

  it('in the summary', () => {
    const failure = failureOf(at.record.cards.get(cardId('A'))!);
    const known = { project: at.view.id, title: HOSTILE, status: 'running', data: folder.root, open: [], next: [] };
    quiet(summaryLines({ ...known, tally: tallyOf(fold, at), failure }, folder, NO_COLORS));
  });

  it('in the lines of a run and in the words of an event', () => {
    quiet(scenario.log.commits.flatMap(tellingLines));
    quiet(scenario.log.commits.flatMap(({ events }) => events.map(wordsOf)));
    const unknown = { type: 'Unknown', originalType: HOSTILE, version: 9, id: 'x', reason: HOSTILE } as const;
    quiet([wordsOf(unknown)]);
    const [first] = scenario.log.commits;
    quiet(tellingLines({ ...first!, position: position(1), events: [unknown] }).concat('told'));
  });

  it('in the preview of an input', () => {
    quiet(
      previewLines(
        {
          kind: 'requirements',
          project: at.view.id,
          title: HOSTILE,
          folderName: 'x',
          cards: [],
          source: { kind: 'requirements', documents: [] },
          files: [],
          requirements: [{ document: HOSTILE, id: HOSTILE, title: HOSTILE, line: 1, kind: 'functional' }],
          expectedCards: 0,
          warnings: [HOSTILE],
          leftOut: [HOSTILE],
        },
        ['a gate'],
      ),
    );
  });

  it('but the backlog file keeps every character', () => {
    const kept = JSON.parse(renderBacklog(fold) ?? '') as { cards: { title: string }[] };
    expect(kept.cards[0]?.title).toBe(HOSTILE);
  });
});

describe('a card that went well', () => {
  it('shows proposals, assumptions, waivers and a hand-back', () => {
    const scenario = Scenario.of([spec('A')]);
    const by = { kind: 'policy', name: 'laptop' } as const;
    scenario.step().says('A', started(1), {
      type: 'CardReleased',
      data: { attempt: 1, reason: 'shutdown', by: person },
    });
    scenario.step({ now: 1e13 }).says('A', started(2, 1), started(2, 2, 'w2'));
    scenario.says('A', verdict(2, { outcome: 'refer', summary: 'no database here', exitCode: 7 }));
    const end = completed(2, { proposals: [spec('B')] });
    scenario.says('A', { ...end, data: { ...end.data, assumptions: ['one currency'] } } as typeof end);
    scenario.decided('A', { type: 'GateWaived', data: { attempt: 2, gate: 'schema', by, reason: 'accepted' } });
    const { fold, at } = foldOf(scenario);
    const text = whyLines(whyPage(fold, { project: at.view.id, id: cardId('A'), notes: new Map() })!, COLORS).join(
      '\n',
    );
    for (const part of [
      'released 2023-',
      '2 deliveries',
      '? schema refer',
      'exit 7',
      'waived schema by policy laptop: accepted',
      'assumed: one currency',
      'proposed B',
    ])
      expect(text).toContain(part);
    expect(text).toContain('\u001b[1m');
  });

  it('an unknown card has no page', () => {
    const { fold, at } = foldOf(Scenario.of([spec('A')]));
    expect(whyPage(fold, { project: at.view.id, id: cardId('Z'), notes: new Map() })).toBeUndefined();
  });
});
