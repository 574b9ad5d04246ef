import { encodeToken, type CardId, type Outcome, type Verdict } from '@squados/contracts';
import type { CardRecord, ProjectRecord } from './catalog.types.js';
import { claimOf, noteIn, one, type CheckedArtifact, type Claim, type NoteTexts } from './criterion-notes.js';
import { seenIn, type SeenAttempt } from './seen-attempt.js';

/** A criterion of a card, the check that covers it, and how that came out. */
export interface CriterionCheck {
  readonly criterion: string;
  /** `refer` where no check covers it: nobody has looked, so nothing is claimed. */
  readonly verdict: Outcome;
  /** The card and attempt whose verdict it is; absent without a check. */
  readonly card?: CardId;
  readonly attempt?: number;
  /** Gates, and what of them speaks of this criterion. Absent: not checked. */
  readonly check?: { readonly gate: string; readonly by: string };
  readonly artifacts: readonly CheckedArtifact[];
}

type Found = Omit<CriterionCheck, 'criterion'>;

/** A card with the cards around it that answer for its criteria too. */
interface Seen extends SeenAttempt {
  readonly record: CardRecord;
  readonly notes: NoteTexts;
}

const verdictIn = ({ attempt }: Seen, gate: RegExp): Verdict | undefined =>
  attempt.verdicts.find((verdict) => gate.test(verdict.gate));

const artifactsAt = ({ manifest }: Seen, wanted: (path: string) => boolean): readonly CheckedArtifact[] =>
  Object.entries(manifest).flatMap(([path, sha256]) => (wanted(path) ? [{ path, sha256 }] : []));

const RANK: readonly Outcome[] = ['fail', 'refer', 'pass'];

/** Several gates hold a criterion together: the worst of their answers is the answer. */
const checkBy = ({ record, attempt }: Seen, verdicts: readonly Verdict[], by: string): Omit<Found, 'artifacts'> => ({
  verdict: RANK.find((outcome) => verdicts.some((verdict) => verdict.outcome === outcome)) ?? 'refer',
  card: record.spec.id,
  attempt: attempt.attempt,
  check: { gate: verdicts.map(({ gate }) => gate).join(', '), by },
});

/** The gate over design documents looks for each criterion by itself and names those that it misses. */
const inDesign = (criterion: string, seen: Seen): Found | undefined => {
  const verdict = verdictIn(seen, /^design-documents$/);
  if (!verdict) return undefined;
  const start = one(criterion).slice(0, 150);
  const misses = verdict.findings?.some((f) => f.rule === 'criterion-not-covered' && one(f.message).includes(start));
  const folder = `arquitetura/${encodeToken(seen.record.spec.id)}/`;
  return {
    ...checkBy(seen, [verdict], 'the design answers it'),
    verdict: verdict.outcome === 'refer' ? 'refer' : misses ? 'fail' : 'pass',
    artifacts: artifactsAt(seen, (path) => path.startsWith(folder) && /desig|desenho/i.test(path)),
  };
};

/** Every gate that the claim names must have spoken; one that names none leans on the card's tests. */
const verdictsFor = ({ gates }: Claim, { attempt }: Seen): readonly Verdict[] => {
  if (gates.length === 0) return attempt.verdicts.filter(({ gate }) => /^(?:py|go|web)-tests$/.test(gate)).slice(0, 1);
  const found = gates.flatMap((name) => attempt.verdicts.find(({ gate }) => gate === name) ?? []);
  return found.length === gates.length ? found : [];
};

const isNamed = (path: string, files: readonly string[]): boolean =>
  files.some((file) => (file.endsWith('/') ? path.includes(`/${file}`) : path.endsWith(`/${file}`)));

/** The author's note says by what the criterion is held; the gates that it names say whether that holds. */
const inNote = (criterion: string, seen: Seen): Found | undefined => {
  const note = noteIn(seen.record.spec, seen);
  const claim = claimOf(criterion, (note && seen.notes.get(note.sha256)) ?? '');
  const verdicts = claim ? verdictsFor(claim, seen) : [];
  if (!claim || verdicts.length === 0) return undefined;
  return {
    ...checkBy(seen, verdicts, claim.how),
    artifacts: artifactsAt(seen, (path) => isNamed(path, claim.files)),
  };
};

const ownCheck = (criterion: string, record: CardRecord, notes: NoteTexts): Found | undefined => {
  const attempt = seenIn(record);
  if (!attempt || !record.spec.acceptanceCriteria.includes(criterion)) return undefined;
  const seen: Seen = { ...attempt, record, notes };
  return record.spec.agent === 'arch' ? inDesign(criterion, seen) : inNote(criterion, seen);
};

/** The engineer's card that has the criterion checked. */
const builtIn = (criterion: string, { dependencies, notes }: Around): Found | undefined =>
  firstOf(
    dependencies.filter(({ spec }) => spec.agent !== 'arch'),
    (dependency) => ownCheck(criterion, dependency, notes),
  );

/** QA runs no test again: it vouches for what its dependencies recorded for exactly the files that they delivered. */
const inEvidence = (criterion: string, record: CardRecord, around: Around): Found | undefined => {
  const attempt = seenIn(record);
  if (!attempt) return undefined;
  const seen: Seen = { ...attempt, record, notes: around.notes };
  const verdict = verdictIn(seen, /^qa-integration$/);
  const built = builtIn(criterion, around);
  if (!verdict || !built?.check) return undefined;
  const by = `${built.card ?? ''}, attempt ${built.attempt ?? 0}, ${built.check.gate}: ${built.check.by}`;
  return { ...checkBy(seen, [verdict], by), artifacts: built.artifacts };
};

interface Around {
  /** What the card depends on: QA answers by their evidence. */
  readonly dependencies: readonly CardRecord[];
  /** The designs and engineers' cards that build on it: a product card's criteria are met there. */
  readonly ledTo: readonly CardRecord[];
  readonly notes: NoteTexts;
}

const firstOf = <T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

const checkOf = (criterion: string, record: CardRecord, around: Around): Found | undefined => {
  const { agent } = record.spec;
  if (agent === 'qa') return inEvidence(criterion, record, around);
  const own = ownCheck(criterion, record, around.notes);
  if (own || agent !== 'product') return own;
  return firstOf(around.ledTo, (led) => ownCheck(criterion, led, around.notes));
};

const BUILDERS: ReadonlySet<string> = new Set(['arch', 'backend', 'frontend']);

const dependenciesOf = ({ cards }: ProjectRecord, { spec }: CardRecord): readonly CardRecord[] =>
  spec.dependencies.flatMap((id) => cards.get(id) ?? []);

const ledToBy = ({ cards }: ProjectRecord, { spec }: CardRecord): readonly CardRecord[] =>
  spec.agent === 'product'
    ? [...cards.values()].filter((led) => BUILDERS.has(led.spec.agent) && led.spec.dependencies.includes(spec.id))
    : [];

/** The notes that a card's table is read from: its own, and those of the cards that answer for it too. */
export const notesAbout = (project: ProjectRecord, id: CardId): readonly CheckedArtifact[] => {
  const record = project.cards.get(id);
  if (!record) return [];
  return [record, ...dependenciesOf(project, record), ...ledToBy(project, record)].flatMap((known) => {
    const seen = seenIn(known);
    return (seen && noteIn(known.spec, seen)) ?? [];
  });
};

/**
 * Criterion ↔ check ↔ artifact ↔ verdict, one line for each acceptance criterion of a card; none for an unknown card. A criterion
 * without a check is `refer`: its card may still be DONE, by gates that ask other things, and the table says that this one was asked
 * by none.
 *
 * @param notes the texts of `notesAbout` the card
 */
export const criterionChecks = (project: ProjectRecord, id: CardId, notes: NoteTexts): readonly CriterionCheck[] => {
  const record = project.cards.get(id);
  if (!record) return [];
  const around = { dependencies: dependenciesOf(project, record), ledTo: ledToBy(project, record), notes };
  return record.spec.acceptanceCriteria.map((criterion) => ({
    criterion,
    ...(checkOf(criterion, record, around) ?? { verdict: 'refer', artifacts: [] }),
  }));
};
