import type { CliContext } from '../cli-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

export const verifyFolder = (_context: CliContext, _options: { readonly data?: string }): Promise<ExitCode> => Promise.resolve(EXIT.done);
