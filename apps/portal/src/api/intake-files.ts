import type { IntakeFile } from '@squados/portal-gateway/wire';

/** What the file picker offers: everything that `squados run` reads. What is dropped is read whatever its name says. */
export const READABLE_KINDS = '.md,.markdown,.txt,.feature,.json,.yaml,.yml,.sql,.ddl';

/** The first file that the gateway would refuse for its size; all of them together count too. */
export const tooBig = (files: readonly File[], maxBytes: number): File | undefined => {
  let sum = 0;
  return files.find((file) => (sum += file.size) > maxBytes);
};

/** Files as the gateway takes them. */
export const intakeFiles = (files: readonly File[]): Promise<readonly IntakeFile[]> =>
  Promise.all(files.map(async (file) => ({ name: file.name, base64: base64Of(await file.arrayBuffer()) })));

const CHUNK = 0x8000;

/** In pieces: a call takes only so many arguments. */
export const base64Of = (bytes: ArrayBuffer): string => {
  const all = new Uint8Array(bytes);
  let binary = '';
  for (let from = 0; from < all.length; from += CHUNK) {
    binary += String.fromCharCode(...all.subarray(from, from + CHUNK));
  }
  return btoa(binary);
};
