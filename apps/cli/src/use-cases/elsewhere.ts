import { CliError } from '../cli-error.js';
import type { RunOptions } from './run-options.js';

const AUTHOR = 'SQUADOS_AUTHOR of each agent service; Claude writes where it has ANTHROPIC_API_KEY';
const PAGE = 'the gateway there shows the page: SQUADOS_PAGE_HOST and SQUADOS_PAGE_PORT of that service';

/** Options of `squados run` that are not this command's to decide where services run the project, and whose they are. */
const ELSEWHERE = {
  author: AUTHOR,
  model: 'SQUADOS_MODELS of each agent service',
  concurrency: 'SQUADOS_CONCURRENCY of each agent service',
  page: PAGE,
  port: PAGE,
  fresh: 'a log on servers is not moved aside: give this project another title, or a server (or account) of its own',
  data: 'the log lies on the servers',
} as const satisfies Partial<Record<keyof RunOptions, string>>;

/** @throws CliError that names each option which was given in vain, and where it belongs. */
export const refuseElsewhere = (options: RunOptions): void => {
  const given = (Object.keys(ELSEWHERE) as (keyof typeof ELSEWHERE)[]).filter((name) => options[name] !== undefined);
  if (given.length === 0) return;
  const named = given.map((name) => (name === 'page' && options.page === false ? '--no-page' : `--${name}`));
  throw new CliError(`${named.join(', ')}: not with --nats`, {
    code: 'usage',
    details: given.map((name, at) => `${named[at]}: ${ELSEWHERE[name]}`),
    remedy: ['leave it out; what services are configured with stands in docs/operations.md'],
  });
};
