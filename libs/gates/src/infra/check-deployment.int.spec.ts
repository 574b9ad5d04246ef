import { describe, expect, it } from '@jest/globals';
import { checkDeployment, type DeploymentCheck } from './check-deployment.js';

const check = (kind: DeploymentCheck, path: string, text: string) =>
  checkDeployment({ check: kind, files: [{ path, text }] });
const rules = (report: ReturnType<typeof check>) => report.findings.map((f) => f.rule);

const DOCKERFILE =
  'FROM python:3.12.1-slim AS build\nRUN pip install .\nFROM python:3.12.1-slim\nCOPY --from=build /a /b\nUSER 10001\n';

describe('Dockerfiles', () => {
  it('a sound one passes', () => {
    expect(check('dockerfiles', 'deploy/docker/a.Dockerfile', DOCKERFILE)).toMatchObject({ outcome: 'pass' });
  });

  it.each([
    ['an image that moves', DOCKERFILE.replaceAll('3.12.1-slim', 'latest'), 'pinned-image', 1],
    ['root in the final stage', DOCKERFILE.replace('USER 10001\n', ''), 'no-root', 3],
    [
      'a user of the first stage only',
      DOCKERFILE.replace('USER 10001\n', '').replace('RUN', 'USER 1\nRUN'),
      'no-root',
      4,
    ],
    ['a secret in it', `${DOCKERFILE}ENV API_TOKEN=abc\n`, 'no-plain-secret', 6],
    ['a script run unseen', `${DOCKERFILE}RUN curl -s https://x.example/i.sh | sh\n`, 'no-piped-shell', 6],
    ['an instruction that is none', `${DOCKERFILE}RUNN x\n`, 'dockerfile-38', 6],
  ])('%s is found at its line', (_what, text, rule, line) => {
    const report = check('dockerfiles', 'deploy/docker/a.Dockerfile', text);
    expect(report.outcome).toBe('fail');
    expect(report.findings).toContainEqual(expect.objectContaining({ rule, line, path: 'deploy/docker/a.Dockerfile' }));
  });
});

const COMPOSE =
  'services:\n  web:\n    image: web:1\n    depends_on: [db]\n    networks: [inner]\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: ${PW:?}\nnetworks:\n  inner: {}\n';

describe('compose files', () => {
  it('a sound one passes', () => {
    expect(check('compose', 'deploy/compose.yaml', COMPOSE)).toMatchObject({ outcome: 'pass', findings: [] });
  });

  it.each([
    [
      'a field that the specification does not know',
      COMPOSE.replace('image: web:1', 'imagine: web:1'),
      'compose-schema',
      3,
    ],
    ['a dependency on nothing', COMPOSE.replace('[db]', '[data]'), 'lost-dependency', 3],
    ['a network that is not declared', COMPOSE.replace('[inner]', '[outer]'), 'lost-network', 3],
    ['an image without a version', COMPOSE.replace('web:1', 'web'), 'pinned-image', 3],
    ['a password in the file', COMPOSE.replace('${PW:?}', 'hunter2'), 'no-plain-secret', 9],
    ['a privileged service', COMPOSE.replace('image: web:1', 'image: web:1\n    privileged: true'), 'no-privileges', 3],
    ['text that is no YAML', `${COMPOSE}  - x: [\n`, 'yaml', undefined],
    ['no service at all', 'services: {}\n', 'services', 1],
  ])('%s is found', (_what, text, rule, line) => {
    const report = check('compose', 'deploy/compose.yaml', text);
    expect(report.outcome).toBe('fail');
    expect(rules(report)).toContain(rule);
    if (line !== undefined) expect(report.findings.find((f) => f.rule === rule)?.line).toBe(line);
  });
});

const SHA = '@11bd71901bbe5b1630ceea73d27597364c9af683';
const WORKFLOW = `on: push\npermissions: { contents: read }\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout${SHA}\n      - run: npm test\n  b:\n    needs: a\n    runs-on: ubuntu-24.04\n    steps:\n      - run: "true"\n`;

describe('CI workflows', () => {
  it('a sound one passes', () => {
    expect(check('workflow', 'deploy/ci/ci.yml', WORKFLOW)).toMatchObject({ outcome: 'pass', findings: [] });
  });

  it.each([
    ['an action that can be moved', WORKFLOW.replace(SHA, '@v4'), 'pinned-action', 7],
    ['no bound on the token', WORKFLOW.replace('permissions: { contents: read }\n', ''), 'least-rights', 1],
    [
      'outside text pasted into a shell',
      WORKFLOW.replace('npm test', 'echo ${{ github.event.pull_request.title }}'),
      'no-injection',
      8,
    ],
    ['a job that waits for nobody', WORKFLOW.replace('needs: a', 'needs: z'), 'workflow', 10],
    [
      'a step with a misspelt field',
      WORKFLOW.replace('- run: npm test', '- run: npm test\n        envv: {}'),
      'workflow',
      9,
    ],
    [
      'a job without a machine',
      WORKFLOW.replace('    runs-on: ubuntu-24.04\n    steps:\n      - run', '    steps:\n      - run'),
      'workflow',
      10,
    ],
  ])('%s is found', (_what, text, rule, line) => {
    const report = check('workflow', 'deploy/ci/ci.yml', text);
    expect(report.outcome).toBe('fail');
    expect(report.findings).toContainEqual(expect.objectContaining({ rule, line }));
  });
});

const CONTAINER = `          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
          resources: { requests: { cpu: 10m, memory: 8Mi }, limits: { memory: 64Mi } }
          readinessProbe: { httpGet: { path: /, port: 80 } }
`;
const KUBERNETES = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: web
          image: web:1
${CONTAINER}---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;

describe('Kubernetes manifests', () => {
  const kubernetes = (text: string) => check('kubernetes', 'deploy/k8s/base/a.yaml', text);

  it('sound ones pass', () => {
    expect(kubernetes(KUBERNETES)).toMatchObject({ outcome: 'pass', findings: [] });
  });

  it.each([
    [
      'a field that the type does not know',
      KUBERNETES.replace('image: web:1', 'image: web:1\n          imagePull: x'),
      'kubernetes-type',
      13,
    ],
    [
      'a field that is missing',
      KUBERNETES.replace('  selector: { matchLabels: { app: web } }\n', ''),
      'kubernetes-type',
      undefined,
    ],
    ['a wrong type', KUBERNETES.replace('port: 80 }]', 'port: eighty }]'), 'kubernetes-type', undefined],
    ['a kind that does not exist', KUBERNETES.replace('kind: Service', 'kind: Servise'), 'unknown-kind', 17],
    ['a path in the version', KUBERNETES.replace('apiVersion: v1', 'apiVersion: ../../x/v1'), 'unknown-kind', 17],
    ['root', KUBERNETES.replace('runAsNonRoot: true, ', ''), 'no-root', 1],
    ['no memory limit', KUBERNETES.replace(', limits: { memory: 64Mi }', ''), 'memory-limit', 1],
    ['an image that moves', KUBERNETES.replace('web:1', 'web:latest'), 'pinned-image', 1],
    [
      'a service that selects nothing',
      KUBERNETES.replace('selector: { app: web }, ports', 'selector: { app: wep }, ports'),
      'lost-selector',
      17,
    ],
    ['no default deny', KUBERNETES.slice(0, KUBERNETES.lastIndexOf('---')), 'default-deny', 1],
    [
      'a secret with its value',
      `${KUBERNETES}---\napiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { a: b }\n`,
      'no-committed-secret',
      undefined,
    ],
    [
      'a password in a variable',
      KUBERNETES.replace('image: web:1', 'image: web:1\n          env: [{ name: DB_PASSWORD, value: x }]'),
      'no-plain-secret',
      1,
    ],
    [
      'a resource that is not there',
      `${KUBERNETES}---\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [b.yaml]\n`,
      'lost-resource',
      undefined,
    ],
    [
      'an alias bomb',
      `${KUBERNETES}---\na: &a [x]\nb: [${Array.from({ length: 60 }, () => '*a').join(', ')}]\n`,
      'yaml',
      1,
    ],
  ])('%s is found', (_what, text, rule, line) => {
    const report = kubernetes(text);
    expect(report.outcome).toBe('fail');
    expect(rules(report)).toContain(rule);
    if (line !== undefined) expect(report.findings.find((f) => f.rule === rule)?.line).toBe(line);
  });

  it('code in a value stays a value', () => {
    const text = KUBERNETES.replace('name: web }\nspec: { selector', 'name: "web`; throw 1; //" }\nspec: { selector');
    expect(kubernetes(text).outcome).toBe('pass');
  });
});
