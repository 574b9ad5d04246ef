import type { CardId, ProjectId } from '@squados/contracts';

/** What the Tech Lead is told about a dead letter. */
export interface DeadLetter {
  readonly project: ProjectId;
  readonly card: CardId;
  readonly title: string;
  readonly agent: string;
  readonly attempt: number;
  readonly reason: string;
  readonly message: string;
}

export interface EscalationOutcome {
  readonly to: string;
  readonly outcome: 'delivered' | 'failed' | 'not-configured';
  readonly message: string;
}

/** Tells somebody outside. Never throws; gives up by itself. */
export interface Escalation {
  tell(letter: DeadLetter, signal: AbortSignal): Promise<EscalationOutcome>;
}

const TIMEOUT_MS = 10_000;

/** Credentials in a webhook's address stay out of the log: only scheme, host and path are recorded. */
export const addressForPeople = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`;

export class WebhookEscalation implements Escalation {
  constructor(
    private readonly url: URL,
    private readonly timeoutMs: number = TIMEOUT_MS,
  ) {}

  async tell(letter: DeadLetter, signal: AbortSignal): Promise<EscalationOutcome> {
    const to = addressForPeople(this.url);
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'card-dead-lettered', ...letter }),
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.timeoutMs)]),
      });
      await response.body?.cancel();
      return { to, outcome: response.ok ? 'delivered' : 'failed', message: `answered ${response.status}` };
    } catch (error) {
      return { to, outcome: 'failed', message: reasonOf(error) };
    }
  }
}

const reasonOf = (error: unknown): string => {
  const { name, message, cause } = error as Error & { cause?: { code?: string } };
  return [name === 'TimeoutError' ? 'no answer in time' : message, cause?.code]
    .filter(Boolean)
    .join(': ')
    .slice(0, 500);
};

/** Nobody was named: recorded as such, so that the log says that nobody was told. */
export const noEscalation: Escalation = {
  tell: () =>
    Promise.resolve({ to: 'nobody', outcome: 'not-configured', message: 'SQUADOS_ESCALATION_WEBHOOK is not set' }),
};
