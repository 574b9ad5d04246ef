import { systemClock, type FoldObserver, type FoldView } from '@squados/orchestrator';
import type { AgentName, LaneCommit } from '@squados/contracts';
import type { Terminal } from '../terminal/terminal.js';
import { tellingLines } from './event-line.js';
import { liveFrame } from './live-frame.js';
import { LiveView } from './live-view.js';
import { firstProject } from './project-of.js';
import { endedOf, progressOf, type Progress } from './progress.js';

/** Tells people how a run goes: a picture on a terminal, lines in a pipe, nothing beside `--json`. */
export interface RunReporter extends FoldObserver {
  /** A line for people, whatever is being shown. */
  say(line: string): void;
  /** Ends the telling and leaves the last picture. */
  end(): void;
}

const MOST_RUNNING = 8;

const endedByAgent = ({ agents }: Progress): ReadonlyMap<AgentName, number> =>
  new Map(agents.map((agent) => [agent.agent, endedOf(agent)]));

export const runReporter = (terminal: Terminal, json: boolean): RunReporter => {
  if (json) return { folded: () => undefined, say: (line) => terminal.err(line), end: () => undefined };
  return terminal.isTerminal ? new PictureReporter(terminal) : new LineReporter(terminal);
};

class LineReporter implements RunReporter {
  #live = false;

  constructor(private readonly terminal: Terminal) {}

  headReached(): void {
    this.#live = true;
  }

  folded(commit: LaneCommit): void {
    if (this.#live) for (const line of tellingLines(commit)) this.terminal.out(line);
  }

  say(line: string): void {
    this.terminal.err(line);
  }

  end(): void {
    this.#live = false;
  }
}

class PictureReporter implements RunReporter {
  readonly #view: LiveView;
  readonly #startedAt = Date.now();
  #fold: FoldView | undefined;
  #endedBefore: ReadonlyMap<AgentName, number> | undefined;

  constructor(private readonly terminal: Terminal) {
    this.#view = new LiveView({ terminal, clock: systemClock, draw: () => this.#draw() });
  }

  headReached(fold: FoldView): void {
    this.#fold = fold;
    this.#view.changed();
  }

  folded(): void {
    if (this.#fold) this.#view.changed();
  }

  say(line: string): void {
    this.#view.above(line);
  }

  end(): void {
    if (this.#fold) this.#view.close();
    this.#fold = undefined;
  }

  #draw(): readonly string[] {
    const progress = this.#progress();
    if (progress === undefined) return ['waiting for a project'];
    const endedBefore = (this.#endedBefore ??= endedByAgent(progress));
    const { palette, columns } = this.terminal;
    return liveFrame(progress, {
      palette,
      columns,
      now: Date.now(),
      startedAt: this.#startedAt,
      endedBefore,
      mostRunning: MOST_RUNNING,
    });
  }

  #progress(): Progress | undefined {
    const at = this.#fold && firstProject(this.#fold);
    return this.#fold && at && progressOf(this.#fold, at);
  }
}
