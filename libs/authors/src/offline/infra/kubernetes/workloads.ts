import { HEALTH, PORTS, type InfraPlan } from '../infra-plan.js';

export const labelsOf = (plan: InfraPlan, component: string): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/name': component,
  'app.kubernetes.io/part-of': plan.name,
});

const podSecurity = (uid: number): object => ({
  runAsNonRoot: true,
  runAsUser: uid,
  runAsGroup: uid,
  fsGroup: uid,
  seccompProfile: { type: 'RuntimeDefault' },
});

const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const resources = (cpu: string, memory: string, limit: string): object => ({
  requests: { cpu, memory },
  limits: { memory: limit },
});

const fromSecret = (plan: InfraPlan, key: string): object => ({
  valueFrom: { secretKeyRef: { name: `${plan.name}-secrets`, key } },
});

const backendEnv = (plan: InfraPlan): readonly object[] => [
  { name: 'PORT', value: String(PORTS.backend) },
  { name: 'DATABASE_URL', ...fromSecret(plan, 'database-url') },
  { name: 'API_TOKENS', ...fromSecret(plan, 'api-tokens') },
];

const scratch = { volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] };
const scratchVolume = { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } };

const probe = (path: string, port: string, more: object = {}): object => ({
  httpGet: { path, port },
  timeoutSeconds: 3,
  ...more,
});

const spread = (plan: InfraPlan, component: string): object => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: labelsOf(plan, component) },
    },
  ],
});

const deployment = (plan: InfraPlan, component: string, pod: object): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: component, labels: labelsOf(plan, component) },
  spec: {
    revisionHistoryLimit: 3,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    selector: { matchLabels: labelsOf(plan, component) },
    template: {
      metadata: { labels: labelsOf(plan, component) },
      spec: {
        serviceAccountName: component,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        ...spread(plan, component),
        ...pod,
      },
    },
  },
});

const service = (plan: InfraPlan, component: string, port: number): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: component, labels: labelsOf(plan, component) },
  spec: { selector: labelsOf(plan, component), ports: [{ name: 'http', port, targetPort: 'http' }] },
});

const account = (plan: InfraPlan, component: string): object => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: component, labels: labelsOf(plan, component) },
  automountServiceAccountToken: false,
});

const image = (plan: InfraPlan, component: string): string => `${plan.name}-${component}:1.0.0`;

const migrateCommand = ({ backend }: InfraPlan): object =>
  backend === 'python' ? { command: ['python', '-m', 'app.migrate', 'up'] } : { args: ['migrate', 'up'] };

export const backendDocuments = (plan: InfraPlan): readonly object[] => {
  const shared = {
    image: image(plan, 'backend'),
    env: backendEnv(plan),
    securityContext: containerSecurity,
    ...scratch,
  };
  const pod = {
    securityContext: podSecurity(plan.backend === 'python' ? 10_001 : 65_532),
    terminationGracePeriodSeconds: 40,
    initContainers: [
      { name: 'migrate', ...shared, ...migrateCommand(plan), resources: resources('50m', '96Mi', '256Mi') },
    ],
    containers: [
      {
        name: 'backend',
        ...shared,
        ports: [{ name: 'http', containerPort: PORTS.backend }],
        resources: resources('100m', '128Mi', '512Mi'),
        startupProbe: probe(HEALTH.live, 'http', { periodSeconds: 2, failureThreshold: 30 }),
        livenessProbe: probe(HEALTH.live, 'http', { periodSeconds: 10 }),
        readinessProbe: probe(HEALTH.ready, 'http', { periodSeconds: 5 }),
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
      },
    ],
    volumes: [scratchVolume],
  };
  return [account(plan, 'backend'), deployment(plan, 'backend', pod), service(plan, 'backend', PORTS.backend)];
};

export const frontendDocuments = (plan: InfraPlan): readonly object[] => {
  const writable = ['conf.d', 'cache'] as const;
  const pod = {
    securityContext: podSecurity(101),
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        name: 'frontend',
        image: image(plan, 'frontend'),
        env: [{ name: 'BACKEND_URL', value: `http://backend:${PORTS.backend}` }],
        ports: [{ name: 'http', containerPort: PORTS.frontend }],
        securityContext: containerSecurity,
        resources: resources('20m', '32Mi', '128Mi'),
        livenessProbe: probe('/', 'http', { periodSeconds: 10 }),
        readinessProbe: probe('/', 'http', { periodSeconds: 5 }),
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
        volumeMounts: [
          { name: 'tmp', mountPath: '/tmp' },
          { name: 'conf.d', mountPath: '/etc/nginx/conf.d' },
          { name: 'cache', mountPath: '/var/cache/nginx' },
        ].map((mount) => ({ ...mount, name: mount.name.replace('.', '-') })),
      },
    ],
    volumes: [
      scratchVolume,
      ...writable.map((name) => ({ name: name.replace('.', '-'), emptyDir: { sizeLimit: '64Mi' } })),
    ],
  };
  return [account(plan, 'frontend'), deployment(plan, 'frontend', pod), service(plan, 'frontend', PORTS.frontend)];
};

export const storeDocuments = (plan: InfraPlan): readonly object[] => [
  account(plan, 'store'),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'store', labels: labelsOf(plan, 'store') },
    spec: {
      clusterIP: 'None',
      selector: labelsOf(plan, 'store'),
      ports: [{ name: 'sql', port: PORTS.store, targetPort: 'sql' }],
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'store', labels: labelsOf(plan, 'store') },
    spec: {
      serviceName: 'store',
      replicas: 1,
      selector: { matchLabels: labelsOf(plan, 'store') },
      template: { metadata: { labels: labelsOf(plan, 'store') }, spec: storePod(plan) },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
        },
      ],
    },
  },
];

const storePod = (plan: InfraPlan): object => ({
  serviceAccountName: 'store',
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: podSecurity(999),
  terminationGracePeriodSeconds: 60,
  containers: [
    {
      name: 'postgres',
      image: 'postgres:17.6-bookworm',
      env: [
        { name: 'POSTGRES_DB', value: 'product' },
        { name: 'POSTGRES_USER', value: 'product' },
        { name: 'POSTGRES_PASSWORD', ...fromSecret(plan, 'store-password') },
        { name: 'PGDATA', value: '/var/lib/postgresql/data/cluster' },
      ],
      ports: [{ name: 'sql', containerPort: PORTS.store }],
      securityContext: containerSecurity,
      resources: resources('100m', '256Mi', '1Gi'),
      livenessProbe: {
        exec: { command: ['pg_isready', '--username', 'product'] },
        periodSeconds: 10,
        timeoutSeconds: 3,
      },
      readinessProbe: {
        exec: { command: ['pg_isready', '--username', 'product'] },
        periodSeconds: 5,
        timeoutSeconds: 3,
      },
      volumeMounts: [
        { name: 'data', mountPath: '/var/lib/postgresql/data' },
        { name: 'run', mountPath: '/var/run/postgresql' },
        { name: 'tmp', mountPath: '/tmp' },
      ],
    },
  ],
  volumes: [scratchVolume, { name: 'run', emptyDir: { sizeLimit: '16Mi' } }],
});
