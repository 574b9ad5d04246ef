import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@squados/platform';
import type { Response } from 'express';
import type { Refusal } from '../gateway-source.port.js';
import type { Problem } from '../wire/index.js';
import { GatewayProblem } from './gateway-problem.js';

/** Every answer that is no success is `application/problem+json`; bugs are logged and told without their insides. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { problem } = problemOf(error);
    if (problem.status >= 500) this.logger.error({ err: String(error) }, 'the page could not be answered');
    if (response.headersSent) return void response.destroy();
    response
      .status(problem.status)
      .set('cache-control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problem satisfies Problem));
  }
}

/** @param error whatever was thrown below the routes */
export const problemOf = (error: unknown): GatewayProblem => {
  if (error instanceof GatewayProblem) return error;
  if (isRefusal(error)) return refused(error);
  const status = statusOf(error);
  if (status === 413) return tooLarge();
  if (status === 404) return new GatewayProblem({ status, code: 'unknown', title: 'there is nothing here' });
  if (status >= 400 && status < 500) return new GatewayProblem({ status, code: 'invalid', title: messageOf(error) });
  return new GatewayProblem({
    status: 500,
    code: 'bug',
    title: 'this could not be answered',
    remedy: ['what happened stands in squados.log, in the data folder'],
  });
};

/** By its fields: the class belongs to whoever reads the documents. */
const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && 'code' in error && Array.isArray((error as Partial<Refusal>).remedy);

const CONFLICTS: ReadonlySet<string> = new Set(['other-project', 'project-exists', 'project-over', 'log-locked']);

const refused = ({ message, code, details, remedy }: Refusal): GatewayProblem => {
  if (code === 'too-large') return new GatewayProblem({ status: 413, code, title: message, details, remedy });
  return new GatewayProblem({ status: CONFLICTS.has(code) ? 409 : 400, code, title: message, details, remedy });
};

const tooLarge = (): GatewayProblem =>
  new GatewayProblem({
    status: 413,
    code: 'too-large',
    title: 'this is too big for the page',
    remedy: ['run it from the command line: squados run <file>'],
  });

const statusOf = (error: unknown): number => {
  if (error instanceof HttpException) return error.getStatus();
  const { status } = error as { readonly status?: unknown };
  return typeof status === 'number' ? status : 500;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'this request is not sound');
