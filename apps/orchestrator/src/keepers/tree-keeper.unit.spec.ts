import { describe, expect, it } from '@jest/globals';
import type { TreeEntry, TreeProjector, TreeReport } from '@squados/artifacts';
import { completed, P, person, Scenario, spec } from '@squados/board/testing';
import { cardId, projectLane } from '@squados/contracts';
import { RecordingLogger } from '../testing/recording-logger.js';
import { Told } from '../testing/told.js';
import { TreeKeeper } from './tree-keeper.js';

type Call = { readonly rebuild: readonly string[] } | { readonly apply: string; readonly files: number | undefined };

class RecordingTree implements TreeProjector {
  readonly calls: Call[] = [];
  readonly problems: string[] = [];
  failing = false;

  apply(card: string, manifest: TreeEntry['manifest'] | undefined): Promise<TreeReport> {
    return this.#answer({ apply: card, files: manifest && Object.keys(manifest).length });
  }

  rebuild(entries: Iterable<TreeEntry>): Promise<TreeReport> {
    return this.#answer({ rebuild: [...entries].map((entry) => entry.card) });
  }

  #answer(call: Call): Promise<TreeReport> {
    if (this.failing) return Promise.reject(new Error('no space left'));
    this.calls.push(call);
    return Promise.resolve({ written: [], removed: [], problems: this.problems });
  }
}

const setUp = () => {
  const scenario = Scenario.of([spec('A'), spec('B')]);
  const tree = new RecordingTree();
  const logger = new RecordingLogger();
  const keeper = new TreeKeeper(tree, logger);
  const told = new Told(scenario.log.commits, keeper);
  const finish = (id: string): void => {
    scenario.step().says(id, completed(scenario.card(id).attempt, { output: id }));
  };
  return { scenario, tree, logger, keeper, told, finish };
};

describe('the tree keeper', () => {
  it('leaves the tree alone while history goes by, then compares it whole with every done card', async () => {
    const { told, tree, keeper, finish } = setUp();
    finish('A');
    told.news();
    await keeper.close();
    expect(tree.calls).toEqual([]);
    told.head();
    await keeper.close();
    expect(tree.calls).toEqual([{ rebuild: ['demo/A'] }]);
  });

  it('follows a card that becomes done, once, and one that is rolled back', async () => {
    const { told, tree, keeper, finish, scenario } = setUp();
    told.news();
    told.head();
    finish('A');
    told.news();
    scenario.log.put(projectLane(P), {
      type: 'CardsRolledBack',
      data: { by: person, card: cardId('A'), reason: 'misread', reach: [cardId('A')] },
    });
    told.news();
    await keeper.close();
    expect(tree.calls).toEqual([{ rebuild: [] }, { apply: 'demo/A', files: 1 }, { apply: 'demo/A', files: undefined }]);
  });

  it('a card that was changed by a person is looked at again without touching the tree', async () => {
    const { told, tree, keeper, finish, scenario } = setUp();
    finish('A');
    told.news();
    told.head();
    scenario.log.put(projectLane(P), {
      type: 'CardChanged',
      data: { by: person, card: cardId('B'), reason: 'clearer', spec: spec('B', { title: 'Clearer' }) },
    });
    told.news();
    await keeper.close();
    expect(tree.calls).toEqual([{ rebuild: ['demo/A'] }]);
  });

  it('after a failure the next change compares everything instead of trusting what is there', async () => {
    const { told, tree, keeper, finish, logger } = setUp();
    told.news();
    told.head();
    await keeper.close();
    tree.failing = true;
    finish('A');
    told.news();
    await keeper.close();
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { err: expect.stringContaining('no space') } }]);
    tree.failing = false;
    finish('B');
    told.news();
    await keeper.close();
    expect(tree.calls.at(-1)).toEqual({ rebuild: ['demo/A', 'demo/B'] });
  });

  it('tells every file that was left aside', async () => {
    const { told, tree, keeper, logger } = setUp();
    tree.problems.push('a.md was changed by hand', 'b.md is a folder');
    told.news();
    told.head();
    await keeper.close();
    expect(logger.lines.map((line) => line.fields['problem'])).toEqual([
      'a.md was changed by hand',
      'b.md is a folder',
    ]);
  });
});
