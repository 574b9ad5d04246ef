import { serviceVariables, text, wholeNumber } from '@squados/platform';
import { DEFAULT_HOST, DEFAULT_PORT } from './start-gateway.js';

/** What the gateway's service reads besides. */
export const gatewayVariables = {
  ...serviceVariables,
  data: text<string>({ env: 'SQUADOS_DATA', meaning: 'folder of the embedded log', fallback: '.squados' }),
  assets: text<string | undefined>({ env: 'SQUADOS_PAGE', meaning: 'folder of the built page', fallback: undefined }),
  user: text<string>({ env: 'SQUADOS_USER', meaning: 'who sits at the page', fallback: 'operator' }),
  port: wholeNumber({
    env: 'SQUADOS_PAGE_PORT',
    meaning: 'port of the page; when it is taken, the next free one',
    min: 0,
    max: 65_535,
    fallback: DEFAULT_PORT,
  }),
  host: text<string>({
    env: 'SQUADOS_PAGE_HOST',
    meaning: 'address that the page listens on; it answers to 127.0.0.1 and localhost alone',
    fallback: DEFAULT_HOST,
  }),
} as const;
