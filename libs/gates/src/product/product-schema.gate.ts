import 'reflect-metadata';
import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { count, reportOf } from '../pool/report.js';
import { ProductBacklogDto } from './backlog.dto.js';
import { checkProposals } from './check-proposals.js';
import { isEpic, isProductCard, productGate } from './product-gate.js';

export const BACKLOG_PATH = 'produto/backlog_produto_completo.json';

const finding = (rule: string, message: string): Finding => ({ path: BACKLOG_PATH, rule, severity: 'error', message });

const flat = (errors: readonly ValidationError[], at: string): readonly Finding[] =>
  errors.flatMap((error) => {
    const path = /^\d+$/.test(error.property) ? `${at}[${error.property}]` : `${at}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => finding(rule, `${path}: ${message}`));
    return [...own, ...flat(error.children ?? [], path)];
  });

const parsed = (text: string): { readonly value?: unknown; readonly findings: readonly Finding[] } => {
  try {
    return { value: JSON.parse(text) as unknown, findings: [] };
  } catch (error) {
    return { findings: [finding('json', `is not JSON: ${error instanceof Error ? error.message : String(error)}`)] };
  }
};

const ids = (cards: readonly { readonly card_id: string }[]): readonly string[] => cards.map((card) => card.card_id);

/** The file and the proposals must name the same new cards. */
const agreement = (backlog: ProductBacklogDto, input: GateInput): readonly Finding[] => {
  const written = new Set(ids(backlog.cards));
  const proposed = input.proposals.map((p) => p.card.id as string);
  const known = new Set<string>([...proposed, ...input.task.cards.map((card) => card.id as string)]);
  const twice = ids(backlog.cards).filter((id, i, all) => all.indexOf(id) !== i);
  return [
    ...twice.map((id) => finding('duplicate-id', `${id} stands twice in the backlog`)),
    ...proposed
      .filter((id) => !written.has(id))
      .map((id) => finding('not-in-backlog', `${id} is proposed but is missing in the backlog`)),
    ...[...written]
      .filter((id) => !known.has(id))
      .map((id) => finding('not-proposed', `${id} stands in the backlog but is neither proposed nor in the project`)),
  ];
};

/** Cards that somebody else wrote (no proposals) are told apart: their words are a warning, not this attempt's error. */
const asWarnings = (findings: readonly Finding[]): readonly Finding[] =>
  findings.map((f) => (/\.cards\[\d+\]/.test(f.message) ? { ...f, severity: 'warning' } : f));

const isReadable = (backlog: ProductBacklogDto): boolean =>
  Array.isArray(backlog.cards) &&
  (backlog.cards as readonly unknown[]).every((card) => typeof card === 'object' && card !== null);

const backlogFindings = (input: GateInput): readonly Finding[] => {
  const text = input.files.get(BACKLOG_PATH);
  if (text === undefined) return [finding('missing', 'is not among the files: write the backlog')];
  const { value, findings } = parsed(text);
  if (findings.length > 0) return findings;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [finding('json', 'is no JSON object')];
  const backlog = plainToInstance(ProductBacklogDto, value);
  const errors = flat(validateSync(backlog), 'backlog');
  const judged = input.proposals.length === 0 ? asWarnings(errors) : errors;
  return isReadable(backlog) ? [...judged, ...agreement(backlog, input)] : judged;
};

/** The backlog file fits its schema, every proposed card is complete, ids are unique, the graph is sound. */
export const createProductSchemaGate = (): Gate =>
  productGate({
    name: 'product-schema',
    command: `validate ${BACKLOG_PATH} and the proposed cards (class-validator), then ids and dependencies`,
    applies: (task) => (isProductCard(task) ? 'required' : 'none'),
    check: (input) => {
      const epic = isEpic(input.task);
      const findings = [...(epic ? backlogFindings(input) : []), ...checkProposals(input)];
      return reportOf(`${epic ? 'backlog file, ' : ''}${count(input.proposals.length, 'proposed card')}`, findings);
    },
  });
