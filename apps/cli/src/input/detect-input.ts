import { looksLikeContract } from '@squados/importers/contracts';
import type { InputFile } from './input-file.js';

/** An OpenAPI or Swagger document, as it says of itself. */
export const isContract = ({ name, bytes }: InputFile): boolean =>
  /\.(?:ya?ml|json)$/i.test(name) && looksLikeContract(bytes);

/** A script that makes a database's tables. */
export const isSchema = ({ name }: InputFile): boolean => /\.(?:sql|ddl)$/i.test(name);

/** What a file is, told by its content; the name decides only for a file without any. */
export const isBacklog = (file: InputFile): boolean => {
  const { name, bytes } = file;
  if (isContract(file) || isSchema(file)) return false;
  const first = firstCharacter(bytes);
  if (first === undefined) return /\.json$/i.test(name);
  return first === '{' || first === '[' || /\.json$/i.test(name);
};

const HEAD_BYTES = 4096;

const firstCharacter = (bytes: Uint8Array): string | undefined => {
  const head = bytes.subarray(0, HEAD_BYTES);
  const text = new TextDecoder(encodingOf(head)).decode(head);
  return text.trimStart()[0];
};

const encodingOf = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
};
