import { CliError } from '../cli-error.js';

/** @throws CliError for anything but a whole number from 0. */
export const wholeNumber = (text: string, option: string): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new CliError(`${option}: ${JSON.stringify(text)} is not a whole number`, { code: 'usage' });
};
