import type { Gate, GateInput } from '@squados/agent-runtime';
import { GIVEN_PLAN_FILE, isGivenContract, type Finding } from '@squados/contracts';
import { planContract, type GivenPlan } from '@squados/importers/contracts';
import { count, reportOf } from '../pool/report.js';
import { ofReport, type GateVerdict } from '../pool/verdict-of.js';

const CONTRACT = 'arquitetura/openapi.yaml';
const COMMAND =
  'compare arquitetura/openapi.yaml with the attached contract byte by byte, and arquitetura/contrato-dado.json with what is planned from it again';
const TOLD = { command: COMMAND, isolation: { level: 0, by: 'nothing was executed' } } as const;

const fault = (path: string, rule: string, message: string): Finding => ({ path, rule, severity: 'error', message });

/**
 * A given contract is handed over unchanged, and every operation of it is accounted for. Passed when all are served; `refer` when
 * some are not: each is a finding with its line and reasons, for people to accept.
 */
export const createGivenContractGate = (): Gate => ({
  name: 'given-contract',
  applies: (task) => (isGivenContract(task.card) ? 'required' : 'none'),
  run: async (input) => {
    const [attachment] = input.task.card.attachments ?? [];
    if (!attachment)
      return ofReport(TOLD, reportOf('attachment', [fault(CONTRACT, 'missing', 'no contract is attached')]));
    const bytes = await input.tools.readArtifact(attachment.sha256);
    const planned = planContract(bytes, attachment.name);
    if (planned.kind === 'refused')
      return ofReport(TOLD, reportOf('contract', [fault(CONTRACT, planned.code, planned.message)]));
    return judged(planned.plan, changes(input, planned.plan, new TextDecoder().decode(bytes)));
  },
});

const changes = ({ files }: GateInput, plan: GivenPlan, contract: string): readonly Finding[] => [
  ...(files.get(CONTRACT) === contract
    ? []
    : [fault(CONTRACT, 'contract-changed', 'it is not the contract that was given: hand that over as it is')]),
  ...(sameJson(files.get(GIVEN_PLAN_FILE), plan)
    ? []
    : [fault(GIVEN_PLAN_FILE, 'plan-differs', 'it does not tell of each operation what the contract leads to')]),
];

const sameJson = (text: string | undefined, plan: GivenPlan): boolean => {
  try {
    return JSON.stringify(JSON.parse(text ?? '')) === JSON.stringify(plan);
  } catch {
    return false;
  }
};

const judged = (plan: GivenPlan, faults: readonly Finding[]): GateVerdict => {
  const unserved = plan.operations.flatMap((o): readonly Finding[] =>
    o.support === 'refused'
      ? [
          {
            path: CONTRACT,
            line: o.line,
            rule: 'not-served',
            severity: 'warning',
            message: `${o.method.toUpperCase()} ${o.path}: ${o.reasons.join('; ')}`,
          },
        ]
      : [],
  );
  const report = reportOf(count(plan.operations.length, 'operation'), [...faults, ...unserved]);
  const verdict = ofReport(TOLD, report);
  if (faults.length > 0 || unserved.length === 0) return verdict;
  const { exitCode: _none, ...rest } = verdict;
  return {
    ...rest,
    outcome: 'refer',
    summary:
      `${plan.operations.length - unserved.length} of ${count(plan.operations.length, 'operation')} are served; accept, or change the contract, for: ${unserved.map((f) => f.message.split(':')[0] ?? '').join(', ')}`.slice(
        0,
        300,
      ),
  };
};
