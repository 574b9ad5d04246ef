import { type InfraPlan } from '../infra-plan.js';
import { yamlOf, yamlStream } from '../yaml-text.js';
import { autoscalers, disruptionBudgets, ingress, networkPolicies } from './policies.js';
import { backendDocuments, frontendDocuments, storeDocuments } from './workloads.js';

type Written = readonly [path: string, text: string];

const RESOURCES = [
  'backend.yaml',
  'frontend.yaml',
  'store.yaml',
  'network-policies.yaml',
  'disruption-budgets.yaml',
  'autoscaling.yaml',
  'ingress.yaml',
] as const;

const kustomization = (fields: object): string =>
  yamlOf({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields });

const namespace = (plan: InfraPlan, stage: string): string =>
  yamlOf({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: `${plan.name}-${stage}`,
      labels: {
        'app.kubernetes.io/part-of': plan.name,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'latest',
      },
    },
  });

/** One overlay per stage: its own namespace, host, sizes; staging does with one replica of each. */
const overlay = (
  plan: InfraPlan,
  stage: 'staging' | 'production',
  replicas: readonly [number, number],
): readonly Written[] => {
  const host = stage === 'production' ? `${plan.name}.example.com` : `${plan.name}.${stage}.example.com`;
  const scale = [
    { op: 'replace', path: '/spec/minReplicas', value: replicas[0] },
    { op: 'replace', path: '/spec/maxReplicas', value: replicas[1] },
  ];
  const entry = [
    { op: 'replace', path: '/spec/rules/0/host', value: host },
    { op: 'replace', path: '/spec/tls/0/hosts/0', value: host },
  ];
  const patch = (kind: string, operations: readonly object[]): object => ({
    target: { kind },
    patch: yamlOf(operations),
  });
  return [
    [`overlays/${stage}/namespace.yaml`, namespace(plan, stage)],
    [
      `overlays/${stage}/kustomization.yaml`,
      kustomization({
        namespace: `${plan.name}-${stage}`,
        resources: ['namespace.yaml', '../../base'],
        patches: [patch('HorizontalPodAutoscaler', scale), patch('Ingress', entry)],
        images: ['backend', 'frontend'].map((part) => ({
          name: `${plan.name}-${part}`,
          newName: `registry.example.com/${plan.name}/${part}`,
          newTag: '1.0.0',
        })),
      }),
    ],
  ];
};

/** Paths below `deploy/k8s/`. */
export const kubernetesFiles = (plan: InfraPlan): readonly Written[] => [
  ['base/kustomization.yaml', kustomization({ resources: [...RESOURCES] })],
  ['base/backend.yaml', yamlStream(backendDocuments(plan))],
  ['base/frontend.yaml', yamlStream(frontendDocuments(plan))],
  ['base/store.yaml', yamlStream(storeDocuments(plan))],
  ['base/network-policies.yaml', yamlStream(networkPolicies(plan))],
  ['base/disruption-budgets.yaml', yamlStream(disruptionBudgets(plan))],
  ['base/autoscaling.yaml', yamlStream(autoscalers(plan))],
  ['base/ingress.yaml', yamlOf(ingress(plan))],
  ...overlay(plan, 'staging', [1, 2]),
  ...overlay(plan, 'production', [2, 6]),
];
