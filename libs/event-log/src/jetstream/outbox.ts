import type { NatsConnection } from '@nats-io/transport-node';

export type Outgoing = Parameters<NatsConnection['publish']>;

/**
 * What one turn of the event loop has to say to the server, handed to the client together, so that it leaves in one write: the answers
 * to what came in one read of the socket would else be a write each. Keeps the order. Owns nothing beyond the turn.
 */
export class Outbox {
  private said: Outgoing[] = [];
  private turn: NodeJS.Immediate | undefined;

  /** `publish` decides what still can be sent when the turn is over. */
  constructor(private readonly publish: (message: Outgoing) => void) {}

  put(message: Outgoing): void {
    this.said.push(message);
    this.turn ??= setImmediate(() => this.flush());
  }

  /** Hands over what was said so far, without waiting for the turn to end. */
  flush(): void {
    clearImmediate(this.turn);
    this.turn = undefined;
    const { said } = this;
    this.said = [];
    for (const message of said) this.publish(message);
  }
}
