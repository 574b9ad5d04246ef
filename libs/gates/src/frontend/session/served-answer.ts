import type { StepReports } from '../run-report.js';

/** A line that the process inside answered a job with. */
export type ServedAnswer =
  | { readonly kind: 'reports'; readonly reports: StepReports; readonly rssMb: number }
  | { readonly kind: 'refused'; readonly reason: string };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Our own script wrote it; what is none of its answers is a refusal. */
export const readAnswer = (json: string): ServedAnswer => {
  const said = parsed(json);
  if (!isRecord(said) || !isRecord(said['reports']))
    return { kind: 'refused', reason: isRecord(said) ? String(said['refused']) : 'the answer could not be read' };
  return { kind: 'reports', reports: said['reports'], rssMb: Number(said['rssMb']) };
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
