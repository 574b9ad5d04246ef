import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { Command } from '@squados/contracts';
import type { SubmitResult } from '@squados/orchestrator';
import { requireProject, type GatewayCore } from './gateway-core.js';
import { GatewayProblem } from './gateway-problem.js';
import { PERSON_COMMANDS } from './person-commands.js';
import { GATEWAY } from './tokens.js';

type Rejected = Extract<SubmitResult, { kind: 'rejected' }>;

const STATUS: Readonly<Partial<Record<Rejected['reason'], number>>> = {
  'unknown-card': 404,
  'unknown-project': 404,
  contended: 503,
  closed: 503,
  'log-full': 507,
  'read-only': 507,
  'too-large': 413,
};

const CONFLICT = 409;

/** What people may ask of a running project: the same commands, by the same door, as on the command line. */
@Controller('api/commands')
export class CommandController {
  constructor(@Inject(GATEWAY) private readonly core: GatewayCore) {}

  /** Project and actor are ours to say, whatever the body claims. */
  @Post()
  @HttpCode(200)
  async submit(@Body() body: unknown): Promise<{ readonly position: number }> {
    const { view } = requireProject(this.core);
    const command = await parsed({ ...recordOf(body), project: view.id, by: this.core.actor });
    const result = await this.core.source.submit(command);
    if (result.kind === 'rejected') throw rejection(result);
    return { position: result.position };
  }
}

const recordOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};

const parsed = async (value: Readonly<Record<string, unknown>>): Promise<Command> => {
  const { type } = value;
  if (!(PERSON_COMMANDS as readonly unknown[]).includes(type))
    throw unsound([`type: use one of ${PERSON_COMMANDS.join(', ')}`]);
  if (type === 'RollBack' && value['shown'] === undefined) throw unsound(['shown: say which reach was shown']);
  const { parseCommand } = await import('@squados/contracts/edges'); // heavy, and many pages never ask for anything
  const result = parseCommand(value);
  if (result.ok) return result.command;
  throw unsound(result.problems.map(({ path, message, remedy }) => `${path}: ${message}; ${remedy}`));
};

const unsound = (details: readonly string[]): GatewayProblem =>
  new GatewayProblem({ status: 400, code: 'invalid', title: 'this command is not sound', details });

const rejection = ({ reason, message, details }: Rejected): GatewayProblem =>
  new GatewayProblem({ status: STATUS[reason] ?? CONFLICT, code: reason, title: message, details });
