import type { RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { deployTarget, ownerOf, type CardSpec } from '@squados/contracts';
import { deployNote } from '../card-note.js';
import type { DeployAnswer, ProductDeployer, RunningProduct } from './deployer.port.js';
import { gatherProduct } from './gather-product.js';

const FOLDER = `${ownerOf('infra')?.folder ?? 'deploy'}/local`;
export const ADDRESSES_JSON = `${FOLDER}/addresses.json`;
export const RELEASE_JSON = `${FOLDER}/release.json`;

/** What `release.json` says, for the gate and for people. */
export interface ReleaseRecord {
  readonly target: 'local';
  readonly outcome: 'up' | 'unavailable';
  readonly release?: string;
  readonly store?: string;
  readonly reason?: string;
  readonly remedy?: string;
  /** What went otherwise than people may expect: a port that was taken. */
  readonly notes?: readonly string[];
}

/** Starts the product on this machine and writes down where it answers; whether it does is the gate's to find out. */
export const writeDeploy = async (
  task: Task,
  tools: RoleTools,
  deployer: ProductDeployer | undefined,
): Promise<RoleResult> => {
  const target = deployTarget(task.card);
  if (target !== 'local') return unreachable(target);
  const product = await gatherProduct(task, tools);
  if (!product) return missing(task);
  if (!deployer)
    return written(task.card, {
      kind: 'unavailable',
      reason: 'this process deploys nothing',
      remedy: 'squados up',
    });
  tools.note('starting the product');
  const { id } = task.project;
  const key = `${id}/${task.card.id}/${task.attempt}`;
  return written(task.card, await deployer.deploy({ ...product, key, title: task.project.title }, tools.signal));
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** As the page and people read it. */
const named = ({ product, api, health }: RunningProduct['addresses']): object => ({
  frontend: product,
  backend: api,
  health,
});

const done = (card: CardSpec, record: ReleaseRecord, addresses?: RunningProduct['addresses']): RoleResult => ({
  kind: 'written',
  files: new Map([
    [RELEASE_JSON, json(record)],
    ...(addresses ? [[ADDRESSES_JSON, json(named(addresses))] as const] : []),
    ...deployNote(card),
  ]),
  proposals: [],
  assumptions: record.notes ?? [],
});

const written = (card: CardSpec, answer: DeployAnswer): RoleResult => {
  switch (answer.kind) {
    case 'up': {
      const { release, store, addresses, notes = [] } = answer.product;
      const told = notes.length === 0 ? {} : { notes };
      return done(card, { target: 'local', outcome: 'up', release, store, ...told }, addresses);
    }
    case 'unavailable':
      return done(card, {
        target: 'local',
        outcome: 'unavailable',
        reason: answer.reason,
        remedy: answer.remedy,
      });
    case 'failed':
      return failed('deploy-failed', `the product did not start: ${answer.process}: ${answer.message}`, answer.excerpt);
    case 'aborted':
      return failed('aborted', 'the deployment was stopped', '');
  }
};

const failed = (code: string, message: string, excerpt: string): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code,
  message,
  ...(excerpt === '' ? {} : { excerpt }),
});

const missing = (task: Task): RoleResult =>
  failed(
    'input-missing',
    `${task.card.id} has no product to start: none of its dependencies delivered a backend and a frontend. Let it depend on the last BE and FE cards, then retry it.`,
    '',
  );

const unreachable = (target: string): RoleResult =>
  failed(
    'target-unreachable',
    `${target} is a cluster, and none is configured here. Apply deploy/k8s/overlays/${target} as deploy/README.md says, then skip this card with who did it as the reason.`,
    '',
  );
