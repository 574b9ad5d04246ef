// Measures the judge on works whose worth is known. With ANTHROPIC_API_KEY it asks the model (15 calls, some cents); without one it
// asks the stub, whose answers are planted: that shows that the measure itself counts right, and nothing about any model.
import type { GateInput } from '@squados/agent-runtime';
import { createAnthropicClient, type ModelRequest } from '@squados/authors/claude';
import { createJudgeGate, scoreJudge, type GoldenCase, type JudgeScore, type Opinion } from '@squados/authors/judge';
import { ClaudeStub, judging, type WireRequest } from '@squados/authors/testing';
import { GOLDEN_SET } from './golden-set.js';

const PLANTED_KEY = 'planted';
const STRICT = 6;
const LENIENT = 9;

const asking =
  (apiKey: string, baseUrl?: string) =>
  async (one: GoldenCase): Promise<Opinion> => {
    const client = createAnthropicClient({ apiKey, ...(baseUrl !== undefined && { baseUrl }) });
    const signal = new AbortController().signal;
    const desk = { ask: (_purpose: string, request: ModelRequest) => client.send(request, { signal }) };
    const gate = createJudgeGate({
      deskOf: () => desk,
      authorOf: () => undefined,
      focusOf: () => [],
      scrub: (text) => text,
    });
    const card = { ...one.card, id: 'GOLDEN-1', agent: one.agent, description: one.card.title };
    const { outcome } = await gate.run({ task: { card }, files: one.files, proposals: [] } as unknown as GateInput);
    return outcome;
  };

const report = (who: string, { cases, falsePasses, falseFails, referred }: JudgeScore): string =>
  [
    `${who}: ${cases} works`,
    `  false passes  ${falsePasses.length}${falsePasses.length > 0 ? ` (${falsePasses.join(', ')})` : ''}`,
    `  false fails   ${falseFails.length}${falseFails.length > 0 ? ` (${falseFails.join(', ')})` : ''}`,
    `  referred      ${referred.length}${referred.length > 0 ? ` (${referred.join(', ')})` : ''}`,
  ].join('\n');

/** Scores as a judge would that finds every planted defect, or none. */
const planted = async (who: string, scoreOf: (request: WireRequest) => number): Promise<string> => {
  const stub = await ClaudeStub.start({ key: PLANTED_KEY, script: (request) => judging(request, scoreOf(request)) });
  try {
    return report(who, await scoreJudge(GOLDEN_SET, asking(PLANTED_KEY, stub.url)));
  } finally {
    await stub.close();
  }
};

const isDefective = (request: WireRequest): boolean => {
  const text = JSON.stringify(request.messages);
  const sound = GOLDEN_SET.filter(({ defect }) => defect === undefined).flatMap(({ files }) => [...files.values()]);
  return !sound.some((content) => text.includes(JSON.stringify(content).slice(1, -1)));
};

const key = process.env['ANTHROPIC_API_KEY']?.trim();
if (key)
  process.stdout.write(
    `${report('the model', await scoreJudge(GOLDEN_SET, asking(key, process.env['ANTHROPIC_BASE_URL'])))}\n`,
  );
else {
  const perfect = await planted('planted, finds everything', (request) => (isDefective(request) ? STRICT : LENIENT));
  const blind = await planted('planted, finds nothing', () => LENIENT);
  process.stdout.write(
    `${perfect}\n${blind}\nfor a live score set ANTHROPIC_API_KEY (15 calls to the judge's model of models.json)\n`,
  );
}
