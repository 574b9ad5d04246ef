import { checkGraph as findFaults, type CardSpec } from '@squados/contracts';
import { agentProblems, faultProblem, fieldProblems, type ExistingGraph, type GraphProblem } from './check-graph.js';

export interface SoundSubset {
  readonly sound: readonly CardSpec[];
  readonly rejected: readonly { readonly card: CardSpec; readonly reasons: readonly string[] }[];
}

/**
 * The largest part of these cards that can be added as one unit: each card is taken unless something is wrong with it or with
 * a card that it needs; the first of an id wins; every card on a cycle is refused. Order is kept. Linear in cards and edges
 * (cycles: once per component found).
 */
export const soundSubset = (specs: readonly CardSpec[], existing: ExistingGraph): SoundSubset => {
  const trial = new Trial(specs, existing);
  trial.refuseFaulty();
  trial.refuseCycles();
  trial.refuseDangling();
  return trial.result();
};

class Trial {
  private readonly reasons = new Map<CardSpec, string[]>();
  private readonly byId = new Map<string, CardSpec>();

  constructor(
    private readonly specs: readonly CardSpec[],
    private readonly existing: ExistingGraph,
  ) {}

  refuseFaulty(): void {
    for (const spec of this.specs) {
      const problems: readonly GraphProblem[] = [...fieldProblems(spec), ...agentProblems(spec, this.existing)];
      for (const { message } of problems) this.refuse(spec, message);
      if (spec.dependencies.includes(spec.id)) this.refuse(spec, `card ${spec.id} depends on itself`);
      if (this.existing.has(spec.id)) this.refuse(spec, `card ${spec.id} already exists in this project`);
      else if (this.byId.has(spec.id)) this.refuse(spec, `card ${spec.id} was proposed twice; the first counts`);
      else this.byId.set(spec.id, spec);
    }
  }

  /** A component may hold several cycles: refuse one's cards, look again. */
  refuseCycles(): void {
    for (let cycles = this.cycles(); cycles.length > 0; cycles = this.cycles())
      for (const { path, message } of cycles)
        for (const id of new Set(path)) this.refuse(this.byId.get(id) as CardSpec, message);
  }

  private cycles(): GraphProblem[] {
    const faults = findFaults(this.kept(), (id) => this.existing.has(id));
    return faults.filter((fault) => fault.kind === 'dependency-cycle').map(faultProblem);
  }

  refuseDangling(): void {
    const dependents = this.dependentsById();
    const lost = this.kept().flatMap((spec) => spec.dependencies.filter((dep) => !this.isThere(dep)));
    while (lost.length > 0) {
      const dep = lost.pop() as string;
      for (const spec of dependents.get(dep) ?? []) {
        const wasKept = !this.reasons.has(spec);
        this.refuseOnce(spec, `card ${spec.id} depends on ${dep}, which doesn't exist`);
        if (wasKept && this.byId.get(spec.id) === spec) lost.push(spec.id);
      }
    }
  }

  result(): SoundSubset {
    const rejected = [...this.reasons].map(([card, reasons]) => ({ card, reasons }));
    return { sound: this.kept(), rejected };
  }

  private kept(): CardSpec[] {
    return this.specs.filter((spec) => !this.reasons.has(spec));
  }

  private isThere(id: string): boolean {
    const spec = this.byId.get(id);
    return this.existing.has(id) || (spec !== undefined && !this.reasons.has(spec));
  }

  private dependentsById(): Map<string, CardSpec[]> {
    const dependents = new Map<string, CardSpec[]>();
    for (const spec of this.specs)
      for (const dep of new Set<string>(spec.dependencies)) {
        const known = dependents.get(dep);
        if (known) known.push(spec);
        else dependents.set(dep, [spec]);
      }
    return dependents;
  }

  private refuse(spec: CardSpec, reason: string): void {
    const known = this.reasons.get(spec);
    if (known) known.push(reason);
    else this.reasons.set(spec, [reason]);
  }

  private refuseOnce(spec: CardSpec, reason: string): void {
    if (!this.reasons.get(spec)?.includes(reason)) this.refuse(spec, reason);
  }
}
