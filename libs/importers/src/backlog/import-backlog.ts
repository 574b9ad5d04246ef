import type { AgentName, CardSpec } from '@squados/contracts';
import { withBlocks, type Blocked } from './blocks.js';
import { cardPlaceOf, wrappingOf, type CardPlace, type Wrapping } from './card-list.js';
import { checkCards, soundCards, type CheckedCard } from './check-cards.js';
import { cardExtra, fileExtra, Layouts } from './file-form.js';
import { MARK } from './mark.js';
import { quoted, type Place, type Problem } from './problem.js';
import { readCard } from './read-card.js';
import { kindFault, recogniseFirstLine } from './recognise.js';
import { scanJson, type Survey } from './scan-json.js';
import { decodeBacklog, excerptOf, placeOf, placesOf, type Fault } from './source-text.js';
import { STANDARD_AGENTS } from './words.js';

export interface BacklogOptions {
  /** Name of the file, for messages. */
  readonly file: string;
  /** Import what is sound and list the rest, instead of refusing the whole. */
  readonly lenient?: boolean;
  /** Agents of the run; a card for any other is refused. Default: the six owners. */
  readonly knownAgents?: readonly AgentName[];
}

export type BacklogResult =
  | {
      readonly kind: 'imported';
      readonly title: string;
      /** In the file's order. Finished ones say so in `importedAs`; whatever else their status was, the others start as TODO. */
      readonly cards: readonly CardSpec[];
      /** Top-level fields but for the cards, for `ProjectStarted.source.extra`; the exporter needs it. */
      readonly extra: Readonly<Record<string, unknown>>;
      readonly warnings: readonly string[];
      /** With `lenient`: why each card that is missing was left out. */
      readonly dropped: readonly Problem[];
    }
  | { readonly kind: 'rejected'; readonly problems: readonly Problem[] };

interface Document {
  readonly text: string;
  /** The object that holds the cards, with them under `cards`. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly cards: readonly unknown[];
  readonly wrapping: Wrapping | undefined;
  readonly survey: Survey;
}

type Opened =
  | { readonly kind: 'document'; readonly document: Document }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly text: string };

const conflictMarkers = (text: string): Fault | undefined => {
  const found = /^<{7}(?: .*)?$/m.exec(text);
  if (!found) return undefined;
  return {
    code: 'conflict-markers',
    offset: found.index,
    message: 'the file holds unresolved git conflict markers',
    remedy: 'Resolve the conflict (git status names the file), then try again',
  };
};

const whyNotJson = (fault: Fault, text: string): Fault =>
  conflictMarkers(text) ?? (fault.code === 'two-documents' ? recogniseFirstLine(text) : undefined) ?? fault;

const open = (bytes: Uint8Array): Opened => {
  const decoded = decodeBacklog(bytes);
  if (decoded.kind === 'fault') return { ...decoded, text: '' };
  const { text } = decoded;
  const scan = scanJson(text);
  if (scan.kind === 'fault') return { kind: 'fault', fault: whyNotJson(scan.fault, text), text };
  const value: unknown = JSON.parse(text);
  const place = cardPlaceOf(value);
  if (!place) return { kind: 'fault', fault: kindFault(value), text };
  const wrapping = wrappingOf(value, place);
  const survey = wrapping ? surveyAt(text, place.path, scan.survey) : scan.survey;
  return { kind: 'document', document: { text, value: held(place), cards: place.cards, wrapping, survey } };
};

const surveyAt = (text: string, path: readonly string[], otherwise: Survey): Survey => {
  const scan = scanJson(text, path);
  return scan.kind === 'sound' ? scan.survey : otherwise;
};

/** The holder with its list under `cards`, in the list's place. */
const held = ({ holder, path, cards }: CardPlace): Document['value'] => {
  const list = path.at(-1);
  if (list === undefined) return { cards };
  return Object.fromEntries(Object.entries(holder).map(([name, value]) => [name === list ? 'cards' : name, value]));
};

const rejectedWhole = (fault: Fault, text: string, file: string): BacklogResult => {
  const { code, offset, message, remedy } = fault;
  const place = offset === undefined ? {} : placeOf(text, offset);
  const excerpt = offset === undefined ? '' : `, near ${quoted(excerptOf(text, offset))}`;
  return { kind: 'rejected', problems: [{ code, file, place, message: message + excerpt, remedy }] };
};

const problemsOf = (checked: readonly CheckedCard[], places: readonly Place[], file: string): Problem[] =>
  checked.flatMap(({ card, faults }) =>
    faults.map((fault) => {
      const id = card.spec?.id;
      const place = { ...places[card.index], index: card.index, ...(id === undefined ? {} : { card: id }) };
      return { ...fault, file, place };
    }),
  );

const TITLES = ['project', 'project_name', 'projeto', 'name', 'projectName', 'nome', 'title', 'titulo', 'título'];

const titleOf = (document: Document, file: string): string => {
  const places = [document.value, document.wrapping?.around ?? {}];
  const titles = places.flatMap((place) => TITLES.map((name) => place[name]));
  const title = titles.find((text): text is string => typeof text === 'string' && text.trim() !== '');
  return (title ?? (file.replace(/^.*[/\\]/, '').replace(/\.json$/i, '') || 'backlog')).slice(0, 500);
};

const MOST_WARNINGS = 50;

const oddities = ({ text, value, cards, survey }: Document): readonly string[] => {
  const at = (offset: number): string => `line ${placeOf(text, offset).line}`;
  return [
    ...survey.repeatedKeys
      .slice(0, MOST_WARNINGS)
      .map(
        ({ key, offset }) => `${at(offset)}: the key ${quoted(key)} stands twice in one object; the last one counts`,
      ),
    ...survey.lossyNumbers
      .slice(0, MOST_WARNINGS)
      .map(
        ({ text: digits, offset }) =>
          `${at(offset)}: the number ${digits.slice(0, 40)} loses digits; put it in quotes to keep them`,
      ),
    ...(MARK in value ? [`the field ${quoted(MARK)} is reserved and was left out`] : []),
    ...(cards.length === 0 ? ['the backlog has no cards'] : []),
  ];
};

const cardWarnings = (cards: readonly Blocked[]): readonly string[] =>
  cards.flatMap(({ card }) => card.warnings.map((warning) => `card ${quoted(card.spec?.id ?? '')}: ${warning}`));

const imported = (
  document: Document,
  cards: readonly Blocked[],
  options: BacklogOptions,
): BacklogResult & { kind: 'imported' } => {
  const layouts = new Layouts();
  const specs = cards.flatMap((entry) =>
    entry.card.spec ? [{ ...entry.card.spec, extra: cardExtra(entry, layouts) }] : [],
  );
  const read = cards.map(({ card }) => card);
  const extra = fileExtra({
    document: document.value,
    text: document.text,
    cards: read,
    layouts,
    wrapping: document.wrapping,
  });
  const warnings = [...oddities(document), ...cardWarnings(cards)];
  return { kind: 'imported', title: titleOf(document, options.file), cards: specs, extra, warnings, dropped: [] };
};

const nothingSound = (file: string): Problem => ({
  code: 'nothing-sound',
  file,
  place: {},
  message: 'no card of the file is sound',
  remedy: 'Correct the cards named here',
});

/**
 * Reads a `backlog_master.json` in any of its variants. Strict: one fault refuses the whole, and every fault is listed. Lenient: the sound
 * cards are imported; faulty ones, and those that depend on them, are listed. Never throws; nothing in the file is taken as more than data.
 */
export const importBacklog = (bytes: Uint8Array, options: BacklogOptions): BacklogResult => {
  const opened = open(bytes);
  if (opened.kind === 'fault') return rejectedWhole(opened.fault, opened.text, options.file);
  const { document } = opened;
  const known = options.knownAgents ?? STANDARD_AGENTS;
  const entries = withBlocks(document.cards.map((raw, at) => readCard(raw, at, known)));
  const checked = checkCards(entries.map(({ card }) => card));
  const places = placesOf(document.text, document.survey.cards);
  const { kept, dropped } = soundCards(checked);
  if (dropped.length === 0) return imported(document, entries, options);
  if (options.lenient !== true) return { kind: 'rejected', problems: problemsOf(checked, places, options.file) };
  const problems = problemsOf(dropped, places, options.file);
  if (kept.length === 0) return { kind: 'rejected', problems: [nothingSound(options.file), ...problems] };
  const keeps = new Set(kept);
  const sound = entries.filter(({ card }) => keeps.has(card));
  return { ...imported(document, sound, options), dropped: problems };
};
