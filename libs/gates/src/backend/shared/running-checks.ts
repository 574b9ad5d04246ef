import type { Finding } from '@squados/contracts';

/** Requests that schemathesis makes up for each operation and phase. */
export const EXAMPLES = 15;

/** What `latency` puts on a service. */
export const LOAD = { clients: 4, seconds: 5, limitMs: 500 } as const;

const BASE_PATH = /"servers":\s*\[\s*\{\s*"url":\s*"([^"]*)"/;
/** The path that a served contract's first server names, without a slash at its end. */
export const basePathIn = (contract: string | undefined): string =>
  (BASE_PATH.exec(contract ?? '')?.[1] ?? '').replace(/\/$/, '');

/** A program of a gate says at its end how it went. */
export const lastLine = (printed: string): string => printed.trim().split('\n').at(-1)?.slice(0, 400) ?? '';

/** The same of schemathesis: how many requests it made up, and how they went. */
export const conformanceLine = (printed: string): string =>
  /^Test cases:\n\s+(.+)$/m.exec(printed)?.[1] ?? lastLine(printed);

const FAILED_OPERATION = /^_+ ([A-Z]+ \/\S*) _+$|^- (?:ST\d+ )?(.+)$/gm;

/** Each failure of schemathesis' report, at the served contract, with the operation that it stands under. */
export const conformanceFindings = (printed: string, contractFile: string): readonly Finding[] => {
  let operation = '';
  const findings: Finding[] = [];
  for (const [, named, what = ''] of printed.matchAll(FAILED_OPERATION)) {
    operation = named ?? operation;
    if (named === undefined && operation !== '')
      findings.push({ path: contractFile, rule: 'conformance', severity: 'error', message: `${operation}: ${what}` });
  }
  return findings;
};
