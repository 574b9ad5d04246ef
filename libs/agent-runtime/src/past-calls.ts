import { tokensOf, type CardAddress, type EventData, type Position, type Spend } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';

/** What earlier deliveries of an attempt asked of models. */
export interface PastCalls {
  /** Number of the last call; 0: none. */
  readonly last: number;
  /** Calls whose end nobody told count with all that was reserved for them. */
  readonly spent: Spend;
  /** As they were told, in their order: whoever goes on need not pay for their answers again. */
  readonly told: readonly EventData['ModelCalled'][];
}

/** Reads an attempt's calls from its lane, from just after its CardEnqueued. */
export const readPastCalls = async (
  log: EventLog,
  { address, attempt, after }: { readonly address: CardAddress; readonly attempt: number; readonly after: Position },
): Promise<PastCalls> => {
  const cost = new Map<number, Spend>();
  const told: EventData['ModelCalled'][] = [];
  for await (const page of log.read({ after, filter: { ...address, kind: 'attempt' } }))
    for (const event of page.flatMap((commit) => commit.events)) {
      if (event.type === 'ModelCallBegun' && event.data.attempt === attempt)
        cost.set(event.data.call, event.data.reserved);
      if (event.type !== 'ModelCalled' || event.data.attempt !== attempt) continue;
      cost.set(event.data.call, costOf(event.data));
      told.push(event.data);
    }
  const all = [...cost.values()];
  const spent = all.reduce((a, b) => ({ nanoUsd: a.nanoUsd + b.nanoUsd, tokens: a.tokens + b.tokens }), NOTHING);
  return { last: Math.max(0, ...cost.keys()), spent, told };
};

const NOTHING: Spend = { nanoUsd: 0, tokens: 0 };

const costOf = ({ outcome, nanoUsd, usage }: EventData['ModelCalled']): Spend => ({
  nanoUsd,
  tokens: outcome === 'recorded' ? 0 : tokensOf(usage),
});
