// The stub with the example's author, for a run by hand: says how to reach it, and at Ctrl-C what it has seen.
import { ClaudeStub, isJudging, type StubCall } from '@squados/authors/testing';
import { diligentAuthor, type Planted } from './diligent-author.js';
import { isRepair, readShare } from './stub-sums.js';

const KEY = 'sk-ant-example-0123456789abcdefghij';
const planted: Planted = { storm: 0, drops: 0, broken: 0, poorJudgements: 0 };
const stub = await ClaudeStub.start({ key: KEY, script: diligentAuthor(planted) });

const seen = (calls: readonly StubCall[]): readonly string[] => {
  const whole = calls.filter(({ cutOff, usage }) => usage && !cutOff);
  const broken = calls.filter(({ cutOff }) => cutOff);
  const usd = (some: readonly StubCall[]): string =>
    (some.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0) / 1e9).toFixed(4);
  return [
    `${calls.length} requests, ${whole.length} answered whole for $${usd(whole)}, ${broken.length} broken off ($${usd(broken)} billed)`,
    `${Math.round(readShare(whole) * 100)} % of the prompts read from the cache`,
    `${new Set(whole.filter(isRepair).map(({ hash }) => hash)).size} calls to mend, ${whole.filter(({ request }) => request && isJudging(request)).length} judgements`,
    `planted: ${JSON.stringify(planted)}`,
  ];
};

process.stdout.write(`in another terminal:
  export ANTHROPIC_API_KEY=${KEY} ANTHROPIC_BASE_URL=${stub.url}
  npm start -- --exit --budget 90
Ctrl-C here says what was seen\n`);
let isOver = false;
process.on('SIGINT', () => {
  if (isOver) return; // the shell tells the whole group, and who started us tells us again
  isOver = true;
  process.stdout.write(`\n${seen(stub.calls).join('\n')}\n`);
  void stub.close().then(() => process.exit(0));
});
