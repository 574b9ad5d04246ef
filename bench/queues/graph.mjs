import { readFileSync } from 'node:fs';

/** A graph that is worked off: which cards are ready, and what the end of one makes ready. */
export class Graph {
  constructor(file) {
    const { n, deps } = JSON.parse(readFileSync(file, 'utf8'));
    this.size = n;
    this.left = n;
    this.waitsFor = Int32Array.from(deps, (those) => those.length);
    this.dependents = Array.from({ length: n }, () => []);
    deps.forEach((those, card) => those.forEach((dependency) => this.dependents[dependency].push(card)));
    this.finished = new Promise((resolve) => (this.finish = resolve));
  }

  roots() {
    return [...this.waitsFor.keys()].filter((card) => this.waitsFor[card] === 0);
  }

  /** The cards that were waiting for this one alone. */
  done(card) {
    this.left--;
    if (this.left === 0) this.finish();
    return this.dependents[card].filter((dependent) => --this.waitsFor[dependent] === 0);
  }
}

/** Pauses between the end of one card's work and the beginning of the next one's, in ms. */
export class Gaps {
  all = [];
  endedAt = undefined;

  begun() {
    if (this.endedAt !== undefined) this.all.push(performance.now() - this.endedAt);
  }

  ended() {
    this.endedAt = performance.now();
  }

  take() {
    const taken = this.all;
    this.all = [];
    this.endedAt = undefined;
    return taken;
  }
}
