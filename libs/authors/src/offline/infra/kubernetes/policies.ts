import { PORTS, type InfraPlan } from '../infra-plan.js';
import { labelsOf } from './workloads.js';

const policy = (plan: InfraPlan, name: string, spec: object): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, labels: { 'app.kubernetes.io/part-of': plan.name } },
  spec,
});

const podsOf = (plan: InfraPlan, component: string): object => ({
  podSelector: { matchLabels: labelsOf(plan, component) },
});

const dns = {
  to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

const tcp = (port: number): object => ({ protocol: 'TCP', port });

/** Nothing is reachable but what the product's own path needs: outside → frontend → backend → store. */
export const networkPolicies = (plan: InfraPlan): readonly object[] => [
  policy(plan, 'default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  policy(plan, 'frontend', {
    ...podsOf(plan, 'frontend'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [tcp(PORTS.frontend)] }],
    egress: [dns, { to: [podsOf(plan, 'backend')], ports: [tcp(PORTS.backend)] }],
  }),
  policy(plan, 'backend', {
    ...podsOf(plan, 'backend'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [podsOf(plan, 'frontend')], ports: [tcp(PORTS.backend)] }],
    egress: [dns, { to: [podsOf(plan, 'store')], ports: [tcp(PORTS.store)] }],
  }),
  policy(plan, 'store', {
    ...podsOf(plan, 'store'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [podsOf(plan, 'backend')], ports: [tcp(PORTS.store)] }],
    egress: [],
  }),
];

export const disruptionBudgets = (plan: InfraPlan): readonly object[] =>
  ['backend', 'frontend'].map((component) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: component, labels: labelsOf(plan, component) },
    spec: { minAvailable: 1, selector: { matchLabels: labelsOf(plan, component) } },
  }));

export const autoscalers = (plan: InfraPlan): readonly object[] =>
  ['backend', 'frontend'].map((component) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: component, labels: labelsOf(plan, component) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: component },
      minReplicas: 2,
      maxReplicas: 6,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      ],
    },
  }));

export const ingress = (plan: InfraPlan): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: plan.name, labels: labelsOf(plan, 'frontend') },
  spec: {
    tls: [{ hosts: [`${plan.name}.example.com`], secretName: `${plan.name}-tls` }],
    rules: [
      {
        host: `${plan.name}.example.com`,
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: 'frontend', port: { name: 'http' } } } },
          ],
        },
      },
    ],
  },
});
