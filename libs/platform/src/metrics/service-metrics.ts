import { collectDefaultMetrics, Registry } from 'prom-client';
import { CardMetrics } from './card-metrics.js';

/** The metrics of one process: its own and those of its cards, as Prometheus text. */
export class ServiceMetrics {
  private readonly registry = new Registry();
  readonly cards: CardMetrics;

  constructor(service: string, now: () => number = Date.now) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.cards = new CardMetrics(this.registry, now);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
