import { encodeToken, type CardSpec, type Outcome, type Sha256, type Verdict } from '@squados/contracts';
import type { AttemptRecord, CardRecord } from './catalog.types.js';

/** What was looked at for a criterion, by name and content. */
export interface CheckedArtifact {
  readonly path: string;
  readonly sha256: Sha256;
}

/** A criterion of a card, the check that covers it, and how that came out. */
export interface CriterionCheck {
  readonly criterion: string;
  /** `refer` where no check covers it: nobody has looked, so nothing is claimed. */
  readonly verdict: Outcome;
  /** The attempt whose verdict it is; absent without a check. */
  readonly attempt?: number;
  /** Gate, and what of it speaks of this criterion. Absent: not checked. */
  readonly check?: { readonly gate: string; readonly by: string };
  readonly artifacts: readonly CheckedArtifact[];
}

/** Texts that the table is read from, by hash: the card's notes (`noteOf`). What can't be read counts as not there. */
export type NoteTexts = ReadonlyMap<Sha256, string>;

interface Seen {
  readonly attempt: AttemptRecord;
  readonly manifest: Readonly<Record<string, Sha256>>;
}

/** The attempt that counts: the one that made the card DONE, else the last one that a gate spoke of. */
const seenIn = ({ attempts }: CardRecord): Seen | undefined => {
  const done = attempts.findLast(({ end }) => end?.kind === 'completed');
  const attempt = done ?? attempts.findLast(({ verdicts }) => verdicts.length > 0);
  if (!attempt) return undefined;
  const manifest = attempt.end?.kind === 'completed' ? attempt.end.manifest : (attempt.verdicts[0]?.inputs ?? {});
  return { attempt, manifest };
};

const NOTE = /^engenharia\/(?:backend|frontend)\/cards\//;

/** Where an engineer wrote down which test holds which criterion of its card. */
export const noteOf = (record: CardRecord): CheckedArtifact | undefined => {
  const seen = seenIn(record);
  const own = `/${encodeToken(record.spec.id)}.md`;
  const found = Object.entries(seen?.manifest ?? {}).find(([path]) => NOTE.test(path) && path.endsWith(own));
  return found && { path: found[0], sha256: found[1] };
};

type Reader = (criterion: string, seen: Seen, context: Context) => Omit<CriterionCheck, 'criterion'> | undefined;

interface Context {
  readonly spec: CardSpec;
  readonly note: string;
  readonly dependencies: readonly CardRecord[];
  readonly notes: NoteTexts;
}

const one = (text: string): string => text.replace(/\s+/gu, ' ').trim();
/** A line of Markdown as the text it shows. */
const shown = (line: string): string => one(line.replace(/\\([\\`*_[\]<>|~#])/g, '$1'));

const checkBy = (seen: Seen, verdict: Verdict, by: string): Omit<CriterionCheck, 'criterion' | 'artifacts'> => ({
  verdict: verdict.outcome,
  attempt: seen.attempt.attempt,
  check: { gate: verdict.gate, by },
});

const verdictIn = ({ attempt }: Seen, gate: RegExp): Verdict | undefined =>
  attempt.verdicts.find((verdict) => gate.test(verdict.gate));

const artifactsAt = ({ manifest }: Seen, wanted: (path: string) => boolean): readonly CheckedArtifact[] =>
  Object.entries(manifest).flatMap(([path, sha256]) => (wanted(path) ? [{ path, sha256 }] : []));

/** The gate over design documents looks for each criterion by itself and names those that it misses. */
const inDesign: Reader = (criterion, seen, { spec }) => {
  const verdict = verdictIn(seen, /^design-documents$/);
  if (!verdict) return undefined;
  const start = one(criterion).slice(0, 150);
  const misses = verdict.findings?.some((f) => f.rule === 'criterion-not-covered' && one(f.message).includes(start));
  const folder = `arquitetura/${encodeToken(spec.id)}/`;
  return {
    ...checkBy(seen, verdict, 'the design answers it'),
    verdict: verdict.outcome === 'refer' ? 'refer' : misses ? 'fail' : 'pass',
    artifacts: artifactsAt(seen, (path) => path.startsWith(folder) && /desig|desenho/i.test(path)),
  };
};

const HELD = /^- \[x\] (.+)$/;
const TEST = /^- `([^`]+)`$/;

/** `- [x] criterion – how it is held`, and the tests that the note names. */
const heldBy = (
  criterion: string,
  note: string,
): { readonly how: string; readonly tests: readonly string[] } | undefined => {
  const lines = note.split('\n');
  const start = `${one(criterion)} – `;
  const held = lines.map((line) => shown(HELD.exec(line)?.[1] ?? '')).find((text) => text.startsWith(start));
  if (held === undefined) return undefined;
  return { how: held.slice(start.length), tests: lines.flatMap((line) => TEST.exec(line)?.[1] ?? []) };
};

/** The engineer's note says by what the criterion is held; the gate that ran those tests says whether they passed. */
const inTests: Reader = (criterion, seen, { note }) => {
  const held = heldBy(criterion, note);
  const verdict = verdictIn(seen, /^(?:py|go|web)-tests$/);
  if (!held || !verdict) return undefined;
  return {
    ...checkBy(seen, verdict, held.how),
    artifacts: artifactsAt(seen, (path) => held.tests.some((test) => path.endsWith(`/${test}`))),
  };
};

/** QA runs no test again: it vouches for what its dependencies recorded for exactly the files that they delivered. */
const inEvidence: Reader = (criterion, seen, { dependencies, notes }) => {
  const verdict = verdictIn(seen, /^qa-integration$/);
  if (!verdict) return undefined;
  for (const record of dependencies) {
    const built = checkOf(criterion, record, { notes, dependencies: [] });
    if (built?.check && /-tests$/.test(built.check.gate))
      return {
        ...checkBy(
          seen,
          verdict,
          `${record.spec.id}, attempt ${built.attempt ?? 0}, ${built.check.gate}: ${built.check.by}`,
        ),
        artifacts: built.artifacts,
      };
  }
  return undefined;
};

const READERS: Readonly<Record<string, Reader>> = {
  arch: inDesign,
  backend: inTests,
  frontend: inTests,
  qa: inEvidence,
};

const checkOf = (
  criterion: string,
  record: CardRecord,
  { notes, dependencies }: Pick<Context, 'notes' | 'dependencies'>,
): Omit<CriterionCheck, 'criterion'> | undefined => {
  const seen = seenIn(record);
  const { spec } = record;
  const note = noteOf(record);
  const text = (note && notes.get(note.sha256)) ?? '';
  return seen && READERS[spec.agent]?.(criterion, seen, { spec, note: text, notes, dependencies });
};

/**
 * Criterion ↔ check ↔ artifact ↔ verdict, one line for each acceptance criterion of a card. A criterion without a check is `refer`:
 * its card may still be DONE, by gates that ask other things, and the table says that this one was asked by none.
 *
 * @param dependencies what the card depends on; QA answers by their evidence
 */
export const criterionChecks = (
  record: CardRecord,
  dependencies: readonly CardRecord[],
  notes: NoteTexts,
): readonly CriterionCheck[] =>
  record.spec.acceptanceCriteria.map((criterion) => ({
    criterion,
    ...(checkOf(criterion, record, { notes, dependencies }) ?? { verdict: 'refer', artifacts: [] }),
  }));
