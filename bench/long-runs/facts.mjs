// What the log of a run says, read from the events alone.

/** `squados events --json` as facts: cards with their verdicts, waivers, failures and end. */
export function factsOf(records) {
  const cards = new Map();
  const facts = { cards, ended: false, profile: 'not said', files: new Set() };
  for (const { event } of records) READERS[event.type]?.(facts, event);
  return facts;
}

const cardAt = ({ cards }, event) => {
  const id = event.subject.slice(event.subject.indexOf('/') + 1);
  const known = cards.get(id) ?? { id, agent: 'not said', state: 'TODO', verdicts: [], waivers: [], failures: [] };
  cards.set(id, known);
  return known;
};

const READERS = {
  ProjectStarted: (facts, { data }) => (facts.profile = data.policy.gateProfile),
  ProjectCompleted: (facts) => (facts.ended = true),
  CardsAdded: (facts, event) => {
    const project = event.subject;
    for (const { id, agent } of event.data.cards ?? []) cardAt(facts, { subject: `${project}/${id}` }).agent = agent;
  },
  CardStarted: (facts, event) => (cardAt(facts, event).state = 'STARTED'),
  VerdictRecorded: (facts, event) => cardAt(facts, event).verdicts.push(event.data),
  GateWaived: (facts, event) => cardAt(facts, event).waivers.push(event.data),
  CardCompleted: (facts, event) => {
    const card = cardAt(facts, event);
    card.state = 'DONE';
    card.attempt = event.data.attempt;
    for (const path of Object.keys(event.data.manifest)) facts.files.add(path);
  },
  CardFailed: (facts, event) => {
    const card = cardAt(facts, event);
    card.state = 'FAILED';
    card.failures.push(event.data);
  },
  CardReleased: (facts, event) => (cardAt(facts, event).state = 'RELEASED'),
  CardDeadLettered: (facts, event) => (cardAt(facts, event).state = 'DEAD_LETTERED'),
  CardSkipped: (facts, event) => (cardAt(facts, event).state = 'SKIPPED'),
};

/** Verdicts of the attempt that made a card DONE. */
const counting = ({ verdicts, attempt }) => verdicts.filter((v) => v.attempt === attempt).map((v) => v.verdict);

/** How a card came through its gates, in a few words; the same words for the same outcome. */
export function outcomeOf(card) {
  const last = card.failures.at(-1);
  if (card.state === 'DEAD_LETTERED') return `dead letter: ${last?.code ?? 'no reason on record'}: ${firstOf(last)}`;
  if (card.state !== 'DONE') return `not done (${card.state})`;
  const mine = card.waivers.filter((w) => w.attempt === card.attempt);
  const waived = mine.map((w) => w.gate).sort();
  const corrected =
    card.failures.length > 0 ? `, after ${card.failures.length} failed attempt(s): ${firstOf(last)}` : '';
  if (waived.length > 0) return `passed, ${waived.join(' and ')} waived by ${mine[0].by.name}${corrected}`;
  return `${counting(card).length > 0 ? 'every gate passed' : 'no gate applies'}${corrected}`;
}

const firstOf = (failure) => (failure?.message ?? '').split('\n')[0].slice(0, 160);

/** Gate → how often it passed, failed, referred, and what it said when it did not pass. */
export function gatesOf({ cards }) {
  const gates = new Map();
  for (const { verdicts } of cards.values())
    for (const { verdict } of verdicts) {
      const gate = gates.get(verdict.gate) ?? { pass: 0, fail: 0, refer: 0, said: '' };
      gate[verdict.outcome] += 1;
      if (verdict.outcome !== 'pass' && gate.said === '') gate.said = verdict.summary;
      gates.set(verdict.gate, gate);
    }
  return [...gates].sort(([a], [b]) => a.localeCompare(b));
}

/** What the product answered once DEPLOY had started it. */
export function smokeOf({ cards }) {
  const verdicts = [...cards.values()].flatMap((card) => card.verdicts.map((v) => v.verdict));
  return verdicts.findLast((verdict) => verdict.gate === 'product-answers');
}
