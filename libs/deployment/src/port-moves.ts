import { freePorts, isFree } from './free-port.js';
import type { ProductPlan, ReadyCheck, StartPlan } from './product-plan.js';

/** Old port → the one that takes its place. */
export type PortMoves = ReadonlyMap<number, number>;

const portsOf = ({ front, starts }: ProductPlan): ReadonlySet<number> => {
  const listened = starts.flatMap((start) =>
    start.kind === 'process' && start.ready.kind === 'tcp' ? [start.ready.port] : [],
  );
  return new Set([front.port, front.backendPort, ...listened]);
};

/** Ports of a plan that another program holds. Only while nothing of the product runs: its own are taken too. */
export const takenPorts = async (plan: ProductPlan): Promise<readonly number[]> => {
  const taken: number[] = [];
  for (const port of portsOf(plan)) if (!(await isFree(port))) taken.push(port);
  return taken;
};

/** @throws Error when there are none left (`freePorts`) */
export const chooseAgain = async (plan: ProductPlan, taken: readonly number[]): Promise<PortMoves> => {
  const chosen = await freePorts(taken.length, Math.min(...portsOf(plan)), portsOf(plan));
  return new Map(taken.map((port, i) => [port, chosen[i] ?? port]));
};

const ON_LOOPBACK = /(?<=127\.0\.0\.1:)\d+/g;

/** The plan with other ports, wherever it names them: as a whole word of a command or a variable, or in an address of loopback. */
export const withPorts = (plan: ProductPlan, moves: PortMoves): ProductPlan => {
  const port = (old: number): number => moves.get(old) ?? old;
  const text = (old: string): string =>
    /^\d+$/.test(old) ? String(port(Number(old))) : old.replace(ON_LOOPBACK, (digits) => String(port(Number(digits))));
  const { front, addresses } = plan;
  return {
    ...plan,
    starts: plan.starts.map((start) => movedStart(start, { port, text })),
    front: { ...front, port: port(front.port), backendPort: port(front.backendPort) },
    addresses: { product: text(addresses.product), api: text(addresses.api), health: text(addresses.health) },
  };
};

interface Move {
  readonly port: (old: number) => number;
  readonly text: (old: string) => string;
}

const movedStart = (start: StartPlan, move: Move): StartPlan => {
  const [program, ...args] = start.command;
  const env = Object.fromEntries(Object.entries(start.env).map(([name, value]) => [name, move.text(value)]));
  const moved = { ...start, command: [program, ...args.map(move.text)] as const, env };
  return moved.kind === 'process' ? { ...moved, ready: movedCheck(moved.ready, move) } : moved;
};

const movedCheck = (check: ReadyCheck, { port, text }: Move): ReadyCheck =>
  check.kind === 'tcp' ? { ...check, port: port(check.port) } : { ...check, url: text(check.url) };
