import { CliError } from '../cli-error.js';
import { shorten } from '../terminal/sanitize.js';
import { isContract } from './detect-input.js';
import type { InputFile } from './input-file.js';

const MAX_FAULTS = 20;
const MAX_FAULT = 300;

/** What keeps a contract from being a valid OpenAPI document, each with file and line: the design owner would refuse it later. */
export const contractFaults = async ({ bytes, given }: InputFile): Promise<readonly string[]> => {
  // Loaded when it is first needed: its parser takes longer to load than all else that starts with us.
  const { checkOpenApi } = await import('@squados/gates/openapi');
  const text = new TextDecoder().decode(bytes);
  const { findings } = await checkOpenApi({ path: given, text, part: 'structure' });
  return findings
    .filter(({ severity }) => severity === 'error')
    .slice(0, MAX_FAULTS)
    .map(({ line, message }) => shorten(`${given}:${line ?? 1}: ${message}`, MAX_FAULT));
};

export const CORRECT_IT = 'correct it there: a contract is served as it is, so it has to be a valid OpenAPI document';

/** @throws CliError when one of the files is a contract that is no valid OpenAPI document. */
export const refuseFaults = async (files: readonly InputFile[]): Promise<void> => {
  for (const file of files.filter(isContract)) {
    const [first, ...details] = await contractFaults(file);
    if (first !== undefined) throw new CliError(first, { code: 'contract-invalid', remedy: [CORRECT_IT], details });
  }
};
