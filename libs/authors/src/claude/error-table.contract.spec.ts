import { afterEach, describe, expect, it } from '@jest/globals';
import type { EventData } from '@squados/contracts';
import { readFileSync } from 'node:fs';
import { begun, called, ClaudeHarness, lastOf, type HarnessOptions } from '../testing/claude-harness.js';
import { fails, says, type StubReply } from '../testing/claude-stub/index.js';
import { wordsOf } from '../testing/heard.js';

let harness: ClaudeHarness | undefined;
const opened = async (options: HarnessOptions): Promise<ClaudeHarness> =>
  (harness = await ClaudeHarness.open(options)).work();
afterEach(async () => {
  await harness?.close();
  harness = undefined;
});

const DONE = says('{"summary":"better","assumptions":["one currency"]}');
const LONG = JSON.stringify({ summary: 'word '.repeat(200), assumptions: [] });

/** How a call is charged: as the provider bills it, not at all, or all that was set aside. */
type Charge = 'billed' | 'nothing' | 'in full';

interface Row {
  readonly answer: string;
  /** What the provider does, then it is well again; with `always` it never is. */
  readonly does: readonly StubReply[];
  readonly always?: true;
  readonly calls: readonly (readonly [code: string, Charge])[];
  readonly end: string;
  /** Said to people: by the dead letter, the card's page and `squados why`, or by the event of the call. */
  readonly says: RegExp;
}

const OK = ['answered', 'billed'] as const;
const COMPLETED = 'CardCompleted';
const WAITS = 'CardReleased provider-outage';
const terminal = (code: string): string => `CardFailed terminal ${code}`;
const thrice = <T>(one: T): readonly T[] => [one, one, one];
const status = (of: Parameters<typeof fails>[0]): StubReply => fails(of, { message: 'said so' });
const said = (code: string, remedy: string): RegExp => new RegExp(`^${code}: said so \\(req_.+\\); ${remedy}`);

/** Kept beside the table of docs/claude.md, which the last test reads. */
const TABLE: readonly Row[] = [
  {
    answer: '429, shortly',
    does: [fails(429, { retryAfter: 1, message: 'said so' })],
    calls: [['rate-limited', 'nothing'], OK],
    end: COMPLETED,
    says: said('rate-limited', 'waits until the provider takes more'),
  },
  {
    answer: '529, shortly',
    does: [fails(529, { retryAfter: 1, message: 'said so' })],
    calls: [['overloaded', 'nothing'], OK],
    end: COMPLETED,
    says: said('overloaded', 'waits until the provider is less busy'),
  },
  {
    answer: '429, for long',
    does: [fails(429, { retryAfter: 300, message: 'said so' })],
    calls: [['rate-limited', 'nothing']],
    end: WAITS,
    says: said('rate-limited', 'waits'),
  },
  {
    answer: '529, for long',
    does: [fails(529, { retryAfter: 300, message: 'said so' })],
    calls: [['overloaded', 'nothing']],
    end: WAITS,
    says: said('overloaded', 'waits'),
  },
  {
    answer: 'overloaded in the middle of a stream',
    does: [says(LONG, { failAfter: { events: 5, type: 'overloaded_error', message: 'Overloaded' } })],
    calls: [['overloaded', 'in full']],
    end: WAITS,
    says: /^overloaded: Overloaded.*; waits/,
  },
  {
    answer: 'a connection that ends before there is an answer',
    does: [{ kind: 'hang-up' }],
    calls: [['unreachable', 'in full']],
    end: WAITS,
    says: /^unreachable; check the network \(and ANTHROPIC_BASE_URL\)/,
  },
  {
    answer: 'a stream that breaks off',
    does: [says(LONG, { dropAfter: 6 })],
    calls: [['cut-off', 'in full'], OK],
    end: COMPLETED,
    says: /^the connection ended before the answer did|^cut-off/,
  },
  {
    answer: 'a fault in the middle of a stream',
    does: [says(LONG, { failAfter: { events: 5, type: 'api_error', message: 'said so' } })],
    calls: [['provider-error', 'in full'], OK],
    end: COMPLETED,
    says: /^provider-error: said so.*; the provider had a fault/,
  },
  ...([500, 504] as const).map((of): Row => ({
    answer: `${of}, again and again`,
    does: thrice(status(of)),
    calls: thrice(['provider-error', 'nothing'] as const),
    end: 'CardFailed retryable model-provider-error',
    says: said('provider-error', 'the provider had a fault: the card is tried again'),
  })),
  {
    answer: '400',
    does: [status(400)],
    calls: [['invalid-request', 'nothing']],
    end: terminal('model-invalid-request'),
    says: said('invalid-request', 'where the provider’s words name a spend limit'),
  },
  {
    answer: '401',
    does: [status(401)],
    calls: [['not-authorized', 'nothing']],
    end: terminal('model-not-authorized'),
    says: said('not-authorized', 'set ANTHROPIC_API_KEY to a key that is valid, then retry the card'),
  },
  {
    answer: '402',
    does: [status(402)],
    calls: [['no-credit', 'nothing']],
    end: terminal('model-no-credit'),
    says: said('no-credit', 'settle the billing of the account, then retry the card'),
  },
  {
    answer: '403',
    does: [status(403)],
    calls: [['not-permitted', 'nothing']],
    end: terminal('model-not-permitted'),
    says: said('not-permitted', 'the key may not do this'),
  },
  {
    answer: '404',
    does: [status(404)],
    calls: [['unknown-model', 'nothing']],
    end: terminal('model-unknown-model'),
    says: said('unknown-model', '.*choose another with --model'),
  },
  {
    answer: '413',
    does: [status(413)],
    calls: [['too-large', 'nothing']],
    end: terminal('model-too-large'),
    says: said('too-large', '.*split the card, or shorten its documents'),
  },
  {
    answer: 'more tokens than can have been',
    does: [says(LONG, { hiddenTokens: 900_000 })],
    calls: [['over-limit', 'billed']],
    end: terminal('model-over-limit'),
    says: /used more than was set aside for it, and was given up/,
  },
  {
    answer: 'a refusal',
    does: [
      { kind: 'message', content: [], stopReason: 'refusal', refusal: { category: 'cyber', explanation: 'malware' } },
    ],
    calls: [OK],
    end: terminal('model-refused'),
    says: /^the model refused: cyber: malware/,
  },
  {
    answer: 'a context that is full',
    does: [says(LONG, { stopReason: 'model_context_window_exceeded' })],
    calls: [OK],
    end: terminal('model-unfinished'),
    says: /longer than the model can read: split the card/,
  },
];

const chargeOf = (call: EventData['ModelCalled'], reserved: number | undefined): Charge => {
  if (call.nanoUsd === 0) return 'nothing';
  return call.estimated && call.nanoUsd === reserved ? 'in full' : 'billed';
};

describe('what becomes of an answer of the provider that is none', () => {
  it.each(TABLE)('$answer', async ({ does, calls, end, says: heard }) => {
    const { attempt, stub } = await opened({ script: (_request, at) => does[at] ?? DONE }).then(bound);
    const events = await attempt('PROD-001');
    const logged = called(events).map((call, at) => [
      call.code ?? call.outcome,
      chargeOf(call, begun(events)[at]?.reserved.nanoUsd),
    ]);
    expect(logged).toEqual(calls);
    expect(wordsOf(lastOf(events))).toMatch(new RegExp(`^${end}`));
    const words = events.flatMap(({ data }) => ('message' in data ? [String(data.message)] : []));
    expect(words.some((text) => heard.test(text))).toBe(true);
    expect(called(events).reduce((sum, { nanoUsd }) => sum + nanoUsd, 0)).toBeGreaterThanOrEqual(stub.billed);
  });

  it('an answer that takes longer than the attempt may: given up, its call charged in full by whoever folds the log', async () => {
    const script = () => says(LONG, { paceMs: 100 });
    const { attempt, stub } = bound(await opened({ script, policy: { attemptDeadlineMs: 400 } }));
    const events = await attempt('PROD-001');
    expect(wordsOf(lastOf(events))).toMatch(/^CardFailed retryable deadline/);
    expect(begun(events)).toHaveLength(1);
    expect(called(events)).toEqual([]);
    expect(stub.calls.every(({ cutOff }) => cutOff)).toBe(true);
  });

  it('a host that nobody answers on: the card waits, and nothing is charged', async () => {
    const h = await opened({ script: () => DONE });
    await h.stub.close();
    const events = await h.attempt('PROD-001');
    expect(wordsOf(lastOf(events))).toBe(WAITS);
    expect(called(events)).toMatchObject([{ code: 'unreachable', nanoUsd: 0 }]);
  });

  it('a provider that asked to be left alone is not asked by the next card, and cards that need no model go on', async () => {
    const script = () => fails(429, { retryAfter: 300 });
    const { attempt, stub } = bound(await opened({ script }));
    const end = lastOf(await attempt('PROD-001'));
    expect((end.data as { notBefore: number }).notBefore).toBeGreaterThan(Date.now() + 200_000);
    expect(wordsOf(lastOf(await attempt('PROD-002')))).toBe(WAITS);
    expect(wordsOf(lastOf(await attempt('DEPLOY-001')))).toBe(COMPLETED);
    expect(stub.calls).toHaveLength(1);
  });

  it('is told in the documentation, code by code', () => {
    const docs = readFileSync(new URL('../../../../docs/claude.md', import.meta.url), 'utf8');
    const codes = TABLE.flatMap(({ calls, end }) => [...calls.map(([code]) => code), end.split(' ').at(-1) ?? '']);
    const missing = [...new Set(codes)].filter((code) => code !== 'answered' && !docs.includes(`\`${code}\``));
    expect(missing).toEqual([]);
  });
});

const bound = (h: ClaudeHarness) => ({ attempt: h.attempt.bind(h), stub: h.stub });
