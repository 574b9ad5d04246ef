// The files under deploy/ against the apps: what is there has an image, a Deployment and a compose service, and they agree on every variable.
import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { gatewayVariables } from '../apps/portal-gateway/src/gateway-variables.js';
import { authorVariables } from '../libs/authors/src/dress/author-variables.js';
import { AGENT_OWNERS } from '../libs/contracts/src/agents.js';
import { natsVariable } from '../libs/event-log/src/jetstream/nats-variable.js';
import { checkDeployment } from '../libs/gates/src/infra/check-deployment.js';
import { readConfig } from '../libs/platform/src/config/read-config.js';
import { agentVariables, orchestratorVariables } from '../libs/platform/src/config/service-variables.js';
import { SIGNAL_ROUTES } from '../libs/platform/src/http/signals-server.js';

const root = resolve(import.meta.dirname, '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const file = (path) => ({ path, text: read(path) });
const yamlBelow = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)));

/** Apps that run as processes of their own: all but the command line and the page, which has no process. */
const services = readdirSync(join(root, 'apps')).filter(
  (app) => existsSync(join(root, 'apps', app, 'src/main.ts')) && app !== 'cli',
);
const KNOWN = { agentVariables, authorVariables, orchestratorVariables, gatewayVariables };
/** What a service's own main.ts reads. */
const variablesOf = (app) => {
  const [, names = ''] =
    /variables: \{ ((?:\.\.\.\w+, )+)nats: natsVariable \}/.exec(read(`apps/${app}/src/main.ts`)) ?? [];
  const groups = [...names.matchAll(/\w+/g)].map(([name]) => KNOWN[name]);
  return { ...Object.assign({}, ...groups), nats: natsVariable };
};
const namesOf = (app) => Object.values(variablesOf(app)).map(({ env }) => env);

const manifests = yamlBelow('deploy/k8s/base').flatMap((path) => parseAllDocuments(read(path)).map((d) => d.toJS()));
const named = (kind, name) => manifests.find((m) => m.kind === kind && m.metadata.name === name);
const podOf = (app) => named('Deployment', app)?.spec.template.spec;
const compose = parse(read('deploy/docker/compose.yaml'), { merge: true });
const dockerfile = read('deploy/docker/Dockerfile');

/** A Deployment's variables with their values; those from elsewhere stand for something sound. */
const ELSEWHERE = { NATS_URL: 'nats://nats:4222', SQUADOS_WORKER: 'pod-1', ANTHROPIC_API_KEY: 'sk-ant-of-a-secret' };
const environmentOf = (app) => {
  const { env, envFrom } = podOf(app).containers[0];
  const maps = envFrom.map(({ configMapRef }) => named('ConfigMap', configMapRef.name).data);
  return Object.assign({}, ...maps, ...env.map(({ name, value }) => ({ [name]: value ?? ELSEWHERE[name] })));
};

const SERVICE_STOP_S = 40; // both phases of a stop, 20 s each
const AFTER_GRACE_S = 15;

describe('deploy/', () => {
  it('holds a sound Dockerfile, compose file and manifests', () => {
    const k8s = yamlBelow('deploy/k8s').map(file);
    // As Compose itself reads it, with its merge keys written out.
    const composed = { path: 'deploy/docker/compose.yaml', text: stringify(compose, { aliasDuplicateObjects: false }) };
    const reports = [
      checkDeployment({ check: 'dockerfiles', files: [file('deploy/docker/Dockerfile')] }),
      checkDeployment({ check: 'compose', files: [composed] }),
      checkDeployment({ check: 'kubernetes', files: k8s }),
    ];
    expect(reports.flatMap(({ findings }) => findings)).toEqual([]);
    expect(reports.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass']);
  });

  it('runs every service of apps/, and nothing else of ours', () => {
    const deployments = manifests.filter((m) => m.kind === 'Deployment').map((m) => m.metadata.name);
    expect(deployments.sort()).toEqual([...services].sort());
    expect(Object.keys(compose.services).sort()).toEqual([...services, 'nats'].sort());
  });

  it('has a service for every agent owner', () => {
    expect(services).toEqual(expect.arrayContaining(AGENT_OWNERS.map(({ agent }) => `agent-${agent}`)));
  });

  it('lets exactly the services that read a key for a model reach one', () => {
    const [{ values }] = named('NetworkPolicy', 'authors').spec.podSelector.matchExpressions;
    const asking = services.filter((app) => namesOf(app).includes(authorVariables.apiKey.env));
    expect([...values].sort()).toEqual(asking.sort());
  });

  describe.each(services)('%s', (app) => {
    it('has an image of its own, of one version everywhere', () => {
      const [container] = podOf(app).containers;
      const { image, build } = compose.services[app];
      expect(build.args.APP).toBe(app);
      expect(image.replace(/\$\{SQUADOS_VERSION:-(.+)\}/, '$1')).toBe(container.image);
      expect(container.image).toMatch(new RegExp(`^squados/${app}:\\d`));
    });

    it('is given every variable that it reads, none that it does not, and only values that it takes', () => {
      const given = environmentOf(app);
      expect(Object.keys(given).sort()).toEqual(namesOf(app).sort());
      expect(readConfig(variablesOf(app), given)).toMatchObject({ kind: 'sound' });
      const composed = compose.services[app].environment;
      expect(Object.keys(composed).filter((name) => !namesOf(app).includes(name))).toEqual([]);
      const filled = Object.entries(composed).map(([k, v]) => [k, v.replace(/\$\{\w+:-(.+)\}/, '$1')]);
      expect(readConfig(variablesOf(app), Object.fromEntries(filled))).toMatchObject({ kind: 'sound' });
    });

    it('is probed where it answers', () => {
      const [container] = podOf(app).containers;
      const probes = ['startup', 'liveness', 'readiness'].map((probe) => container[`${probe}Probe`].httpGet);
      expect(probes.map(({ path }) => path)).toEqual(['/health/startup', '/health/live', '/health/ready']);
      for (const { path, port } of probes) expect([SIGNAL_ROUTES[path], port]).toEqual([expect.any(Function), 'http']);
      const http = container.ports.find(({ name }) => name === 'http').containerPort;
      expect(String(http)).toBe(environmentOf(app).HTTP_PORT);
      expect(String(http)).toBe(compose.services[app].environment.HTTP_PORT);
      expect(named('Service', app).spec.ports[0]).toMatchObject({ name: 'http', port: http, targetPort: 'http' });
    });

    it('is left the time that its stop may take', () => {
      const { terminationGracePeriodSeconds, containers } = podOf(app);
      const sleep = containers[0].lifecycle?.preStop.sleep.seconds ?? 0;
      const grace = Number.parseInt(environmentOf(app).SQUADOS_GRACE ?? '0', 10);
      const longest = sleep + Math.max(SERVICE_STOP_S, grace + AFTER_GRACE_S + SERVICE_STOP_S / 2);
      expect(terminationGracePeriodSeconds).toBeGreaterThan(longest);
      expect(Number.parseInt(compose.services[app].stop_grace_period, 10)).toBeGreaterThan(longest - sleep);
    });
  });

  it('sets only variables in the image that some service reads, and asks it where it answers', () => {
    const [, block] = /^ENV ((?:.*\\\n)*.*)$/m.exec(dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))) ?? [];
    const set = [...block.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name);
    const foreign = ['NODE_ENV', 'SQUADOS_TOOLCHAINS']; // the runtime's, and what finds toolchains
    expect(set).toContain('HTTP_PORT');
    expect(set.filter((name) => !foreign.includes(name) && !services.some((a) => namesOf(a).includes(name)))).toEqual(
      [],
    );
    const [path] = /\/health\/\w+/.exec(read('deploy/docker/healthcheck.mjs'));
    expect(SIGNAL_ROUTES[path]).toBeDefined();
  });

  const kubectl = ['/usr/bin/kubectl', '/usr/local/bin/kubectl'].find((path) => existsSync(path));
  const itHere = kubectl === undefined ? it.skip : it;
  itHere(`renders with Kustomize${kubectl === undefined ? ' (skipped: kubectl is not installed)' : ''}`, () => {
    const rendered = execFileSync(kubectl, ['kustomize', join(root, 'deploy/k8s/overlays/try')], { encoding: 'utf8' });
    const objects = parseAllDocuments(rendered).map((d) => d.toJS());
    const names = (kind) => objects.filter((o) => o.kind === kind).map((o) => o.metadata.name);
    expect(names('Deployment').sort()).toEqual([...services].sort());
    expect([names('StatefulSet'), names('Secret')]).toEqual([['nats'], ['squados-nats']]);
    expect(new Set(objects.filter((o) => o.kind !== 'Namespace').map((o) => o.metadata.namespace))).toEqual(
      new Set(['squados']),
    );
  });
});
