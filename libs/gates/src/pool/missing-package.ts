const NOT_FOUND = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);

/** The package that could not be loaded, if that is what the error says; its message names it in quotes. */
export const missingPackage = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('code' in error) || !NOT_FOUND.has(String(error.code))) return undefined;
  return /'([^']+)'/.exec(error.message)?.[1] ?? error.message;
};
