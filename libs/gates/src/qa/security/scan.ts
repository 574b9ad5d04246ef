import type { Finding } from '@squados/contracts';
import { SECURITY_RULES, TEST_FILE, type Severity } from '../../sources/security-rules.js';

export interface SecurityFinding extends Finding {
  readonly level: Severity;
  readonly path: string;
}

const MAX_LINE = 2_000;
const COMMENT = /^\s*(?:#|\/\/|\*|\/\*)/;

/** Our own rules over every file; needs nothing but this process. */
export const scanSources = (files: ReadonlyMap<string, string>): readonly SecurityFinding[] =>
  [...files].flatMap(([path, text]) => (TEST_FILE.test(path) ? [] : scanFile(path, text)));

const scanFile = (path: string, text: string): readonly SecurityFinding[] => {
  const rules = SECURITY_RULES.filter((rule) => rule.files.test(path));
  return text.split('\n').flatMap((line, i) => {
    if (COMMENT.test(line)) return [];
    const broken = rules.filter((rule) => rule.pattern.test(line.slice(0, MAX_LINE)));
    return broken
      .filter((rule, at) => broken.findIndex(({ id }) => id === rule.id) === at)
      .map((rule): SecurityFinding => ({
        path,
        line: i + 1,
        rule: rule.id,
        level: rule.severity,
        severity: blocks(rule.severity) ? 'error' : 'warning',
        message: `${rule.severity}: ${rule.says}`,
      }));
  });
};

/** HIGH and CRITICAL stop a card; the rest is told. */
export const blocks = (level: Severity): boolean => level === 'HIGH' || level === 'CRITICAL';

const LOOSE = /^(?:\*|latest|x|>=?\s*0?)$/i;

/** A package that is not pinned is another one tomorrow. */
export const scanDependencies = (files: ReadonlyMap<string, string>): readonly SecurityFinding[] =>
  [...files]
    .filter(([path]) => path.endsWith('/package.json'))
    .flatMap(([path, text]) =>
      dependenciesIn(text)
        .filter(([, version]) => LOOSE.test(version) || /^(?:git|https?|file):/.test(version))
        .map(([name, version]): SecurityFinding => ({
          path,
          rule: 'loose-dependency',
          level: 'HIGH',
          severity: 'error',
          message: `HIGH: ${name} is taken as ${JSON.stringify(version)}: name a version`,
        })),
    );

const dependenciesIn = (json: string): readonly (readonly [string, string])[] => {
  try {
    const parsed = JSON.parse(json) as Record<string, unknown>;
    return ['dependencies', 'devDependencies'].flatMap((key) =>
      Object.entries((parsed[key] as Record<string, unknown> | undefined) ?? {}).map(
        ([name, version]) => [name, String(version)] as const,
      ),
    );
  } catch {
    return [];
  }
};
