import type { CriterionCheck } from '@squados/board';
import { printable, shorten } from '../terminal/sanitize.js';

const WORDS: Readonly<Record<CriterionCheck['verdict'], string>> = { pass: '✓ pass', fail: '✗ fail', refer: '? refer' };
const UNCHECKED = '? not checked';
const HASH = 12;
const FILES = 4;

/** A criterion, and below it the check that covers it and what that looked at. */
const linesOf = ({ criterion, check, verdict, artifacts, ...whose }: CriterionCheck): readonly string[] => {
  if (!check) return [`${UNCHECKED}  ${shorten(criterion, 300)}`];
  const files = artifacts.slice(0, FILES).map(({ path, sha256 }) => `    ${sha256.slice(0, HASH)}  ${printable(path)}`);
  const more = artifacts.length > FILES ? [`    and ${artifacts.length - FILES} more`] : [];
  return [
    `${WORDS[verdict]}  ${shorten(criterion, 300)}`,
    `    ${printable(`${whose.card ?? ''} attempt ${whose.attempt ?? 0}, ${check.gate}`)}: ${shorten(check.by, 200)}`,
    ...files,
    ...more,
  ];
};

const counted = (criteria: readonly CriterionCheck[]): string => {
  const of = (outcome: CriterionCheck['verdict']): number =>
    criteria.filter(({ check, verdict }) => check !== undefined && verdict === outcome).length;
  const open = criteria.filter(({ check }) => check === undefined).length;
  return `${of('pass')} of ${criteria.length} hold by a check, ${of('fail')} fail, ${of('refer')} could not be checked here, ${open} not checked`;
};

/** Criterion ↔ check ↔ artifact ↔ verdict, for people. */
export const criterionLines = (criteria: readonly CriterionCheck[]): readonly string[] =>
  criteria.length === 0 ? [] : [counted(criteria), ...criteria.flatMap(linesOf)];
