import { posix } from 'node:path';
import type { Finding } from '@squados/contracts';
import type { TextFile } from '../pool/job.js';
import type { Manifest } from './check-kubernetes.js';
import { at, isRecord, listAt } from './yaml-documents.js';

interface Container {
  readonly owner: Manifest;
  readonly pod: unknown;
  readonly value: unknown;
  readonly init: boolean;
}

type Policy = (container: Container) => string | undefined;

const POD_PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

const nameOf = (value: unknown): string => String(at(value, 'name') ?? 'container');
const both = ({ pod, value }: Container, key: string): unknown =>
  at(value, 'securityContext', key) ?? at(pod, 'securityContext', key);

/** What the restricted pod security standard and a careful reviewer ask of every container. */
const CONTAINER_POLICIES: Readonly<Record<string, Policy>> = {
  'no-root': (c) => (both(c, 'runAsNonRoot') === true ? undefined : 'may run as root: set runAsNonRoot: true'),
  'no-escalation': ({ value }) =>
    at(value, 'securityContext', 'allowPrivilegeEscalation') === false
      ? undefined
      : 'may gain privileges: set allowPrivilegeEscalation: false',
  'drop-capabilities': ({ value }) =>
    listAt(value, 'securityContext', 'capabilities', 'drop').includes('ALL')
      ? undefined
      : 'keeps capabilities: drop ALL',
  'read-only-root': ({ value }) =>
    at(value, 'securityContext', 'readOnlyRootFilesystem') === true
      ? undefined
      : 'can write to its image: set readOnlyRootFilesystem: true',
  seccomp: (c) => (both(c, 'seccompProfile') === undefined ? 'has no seccompProfile: set RuntimeDefault' : undefined),
  'pinned-image': ({ value }) => unpinned(String(at(value, 'image') ?? '')),
  'memory-limit': ({ value }) =>
    at(value, 'resources', 'limits', 'memory') === undefined ? 'has no memory limit' : undefined,
  requests: ({ value }) =>
    at(value, 'resources', 'requests', 'cpu') === undefined ? 'requests no CPU, so it can be starved' : undefined,
  probes: ({ owner, value, init }) =>
    init || owner.kind === 'Job' || owner.kind === 'CronJob' || at(value, 'readinessProbe') !== undefined
      ? undefined
      : 'has no readinessProbe: it would get traffic before it is ready',
  'no-plain-secret': ({ value }) => plainSecret(listAt(value, 'env')),
};

const unpinned = (image: string): string | undefined => {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return undefined;
  const tag = /:([^:/@]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? `image ${JSON.stringify(image)} names no fixed version` : undefined;
};

const SECRET_NAME = /(?:password|passwd|secret|token|api_?key|private_?key|database_url)/i;

const plainSecret = (env: readonly unknown[]): string | undefined => {
  const found = env.find(
    (e) => SECRET_NAME.test(nameOf(e)) && typeof at(e, 'value') === 'string' && at(e, 'value') !== '',
  );
  return found === undefined
    ? undefined
    : `variable ${nameOf(found)} holds its value in the file: take it from a Secret`;
};

const finding = (manifest: Manifest, rule: string, message: string): Finding => ({
  path: manifest.path,
  line: manifest.line,
  rule,
  severity: 'error',
  message: `${manifest.kind} ${manifest.name}: ${message}`,
});

const containersOf = (owner: Manifest): readonly Container[] => {
  const path = POD_PATHS[owner.kind];
  if (!path) return [];
  const pod = at(owner.value, ...path);
  const of = (key: string, init: boolean): Container[] =>
    listAt(pod, key).map((value) => ({ owner, pod, value, init }));
  return [...of('initContainers', true), ...of('containers', false)];
};

const containerFindings = (owner: Manifest): readonly Finding[] =>
  containersOf(owner).flatMap((container) =>
    Object.entries(CONTAINER_POLICIES).flatMap(([rule, policy]) => {
      const wrong = policy(container);
      return wrong === undefined ? [] : [finding(owner, rule, `container ${nameOf(container.value)} ${wrong}`)];
    }),
  );

const committedSecrets = (manifests: readonly Manifest[]): readonly Finding[] =>
  manifests
    .filter(
      (m) => m.kind === 'Secret' && (at(m.value, 'data') !== undefined || at(m.value, 'stringData') !== undefined),
    )
    .map((m) => finding(m, 'no-committed-secret', 'a secret with its values does not belong in a repository'));

const withoutDefaultDeny = (manifests: readonly Manifest[]): readonly Finding[] => {
  const workloads = manifests.filter((m) => m.kind in POD_PATHS);
  const first = workloads[0];
  const denies = manifests.some(
    (m) => m.kind === 'NetworkPolicy' && isEmpty(at(m.value, 'spec', 'podSelector')) && !at(m.value, 'spec', 'ingress'),
  );
  return first && !denies ? [finding(first, 'default-deny', 'no NetworkPolicy denies by default')] : [];
};

const isEmpty = (value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0;

const contains = (all: unknown, some: unknown): boolean =>
  isRecord(all) && isRecord(some) && Object.entries(some).every(([key, value]) => all[key] === value);

/** A selector that selects nothing is a service that answers nobody. */
const lostSelectors = (manifests: readonly Manifest[]): readonly Finding[] => {
  const labels = manifests.map((m) => at(m.value, 'spec', 'template', 'metadata', 'labels')).filter(isRecord);
  return manifests
    .filter((m) => m.kind === 'Service' && isRecord(at(m.value, 'spec', 'selector')))
    .filter((m) => !labels.some((l) => contains(l, at(m.value, 'spec', 'selector'))))
    .map((m) => finding(m, 'lost-selector', 'its selector matches no pod of these files'));
};

/** What a kustomization names must be there. */
const lostResources = (manifests: readonly Manifest[], files: readonly TextFile[]): readonly Finding[] => {
  const paths = new Set(files.map((f) => f.path));
  const isThere = (path: string): boolean => paths.has(path) || paths.has(`${path}/kustomization.yaml`);
  return manifests
    .filter((m) => m.kind === 'Kustomization')
    .flatMap((m) =>
      listAt(m.value, 'resources')
        .map(String)
        .filter((name) => !isThere(posix.join(posix.dirname(m.path), name)))
        .map((name) => finding(m, 'lost-resource', `resource ${JSON.stringify(name)} is not among the files`)),
    );
};

/** What types can't say: security, references, habits that hurt. */
export const kubernetesPolicies = (manifests: readonly Manifest[], files: readonly TextFile[]): readonly Finding[] => [
  ...manifests.flatMap(containerFindings),
  ...committedSecrets(manifests),
  ...withoutDefaultDeny(manifests),
  ...lostSelectors(manifests),
  ...lostResources(manifests, files),
];
