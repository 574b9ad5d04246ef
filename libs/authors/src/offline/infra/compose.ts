import { HEALTH, PORTS, type InfraPlan } from './infra-plan.js';
import { yamlOf } from './yaml-text.js';

const hardened = { read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] } as const;

const limits = (cpus: string, memory: string): object => ({ resources: { limits: { cpus, memory } } });

const store = {
  image: 'postgres:17.6-bookworm',
  restart: 'unless-stopped',
  environment: {
    POSTGRES_DB: 'product',
    POSTGRES_USER: 'product',
    POSTGRES_PASSWORD: '${STORE_PASSWORD:?set it in .env}',
  },
  volumes: ['store:/var/lib/postgresql/data'],
  healthcheck: {
    test: ['CMD-SHELL', 'pg_isready --username product --dbname product'],
    interval: '5s',
    timeout: '3s',
    retries: 10,
  },
  networks: ['inner'],
  deploy: limits('1.0', '512M'),
};

const migrate = (plan: InfraPlan): object => ({
  build: { context: '../engenharia/backend', dockerfile: '../../deploy/docker/backend.Dockerfile' },
  image: `${plan.name}-backend:\${VERSION:-local}`,
  command: plan.backend === 'python' ? ['python', '-m', 'app.migrate', 'up'] : ['migrate', 'up'],
  environment: { DATABASE_URL, API_TOKENS: '${API_TOKENS:?set it in .env}' },
  depends_on: { store: { condition: 'service_healthy' } },
  restart: 'on-failure:3',
  networks: ['inner'],
  tmpfs: ['/tmp'],
  deploy: limits('0.5', '256M'),
  ...hardened,
});

const DATABASE_URL = `postgresql://product:\${STORE_PASSWORD}@store:${PORTS.store}/product`;

const backend = (plan: InfraPlan): object => ({
  image: `${plan.name}-backend:\${VERSION:-local}`,
  restart: 'unless-stopped',
  environment: {
    DATABASE_URL,
    API_TOKENS: '${API_TOKENS:?set it in .env}',
    PORT: String(PORTS.backend),
  },
  depends_on: { migrate: { condition: 'service_completed_successfully' }, store: { condition: 'service_healthy' } },
  stop_grace_period: '30s',
  networks: ['inner', 'outer'],
  tmpfs: ['/tmp'],
  deploy: limits('1.0', '512M'),
  ...hardened,
});

const frontend = (plan: InfraPlan): object => ({
  build: { context: '..', dockerfile: 'deploy/docker/frontend.Dockerfile' },
  image: `${plan.name}-frontend:\${VERSION:-local}`,
  restart: 'unless-stopped',
  environment: { BACKEND_URL: `http://backend:${PORTS.backend}` },
  depends_on: { backend: { condition: 'service_started' } },
  ports: [`127.0.0.1:\${PORT:-8000}:${PORTS.frontend}`],
  networks: ['outer'],
  tmpfs: ['/tmp', '/etc/nginx/conf.d', '/var/cache/nginx'],
  deploy: limits('0.5', '128M'),
  ...hardened,
});

/** The whole product with `docker compose up --build`; the store is reachable from the backend alone. */
export const composeFile = (plan: InfraPlan): string =>
  yamlOf(
    {
      name: plan.name,
      services: { store, migrate: migrate(plan), backend: backend(plan), frontend: frontend(plan) },
      networks: { inner: { internal: true }, outer: {} },
      volumes: { store: {} },
    },
    [
      'docker compose --env-file deploy/.env -f deploy/compose.yaml up --build',
      `health: http://127.0.0.1:8000${HEALTH.ready}`,
    ],
  );

export const ENV_EXAMPLE = [
  '# Copy to deploy/.env and fill in; .env is ignored by git.',
  '# openssl rand -hex 24',
  'STORE_PASSWORD=',
  '# Bearer tokens that the API takes, separated by commas.',
  'API_TOKENS=',
  'PORT=8000',
  'VERSION=local',
  '',
].join('\n');
