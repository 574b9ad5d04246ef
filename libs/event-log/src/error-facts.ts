const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The `code` of an error of Node or SQLite, `''` without one. By shape: an error may come from another context than ours. */
export const codeOf = (error: unknown): string =>
  isRecord(error) && typeof error['code'] === 'string' ? error['code'] : '';

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string =>
  isRecord(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
