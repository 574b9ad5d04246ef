import { HEALTH, PORTS, type InfraPlan } from './infra-plan.js';

const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;

const PYTHON = lines(
  '# syntax=docker/dockerfile:1.7',
  '# Build from the folder that holds engenharia/ and deploy/:',
  '#   docker build -f deploy/docker/backend.Dockerfile -t backend engenharia/backend',
  'FROM python:3.12.11-slim-bookworm AS build',
  'ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1',
  'WORKDIR /build',
  'COPY . .',
  'RUN python -m venv /opt/venv && /opt/venv/bin/pip install .',
  '',
  'FROM python:3.12.11-slim-bookworm',
  `ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 PORT=${PORTS.backend}`,
  'RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app',
  'WORKDIR /srv',
  'COPY --from=build /opt/venv /opt/venv',
  'COPY --chown=root:root . .',
  'USER 10001',
  `EXPOSE ${PORTS.backend}`,
  `HEALTHCHECK --interval=10s --timeout=3s --start-period=15s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:${PORTS.backend}${HEALTH.live}', timeout=2)"]`,
  'CMD ["python", "-m", "app"]',
);

const GO = lines(
  '# syntax=docker/dockerfile:1.7',
  '# Build from the folder that holds engenharia/ and deploy/:',
  '#   docker build -f deploy/docker/backend.Dockerfile -t backend engenharia/backend',
  'FROM golang:1.25.4-bookworm AS build',
  'WORKDIR /src',
  'COPY go.mod go.sum ./',
  'RUN go mod download',
  'COPY . .',
  'RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/server ./cmd/server',
  '',
  'FROM gcr.io/distroless/static-debian12:nonroot',
  'COPY --from=build /out/server /server',
  `ENV HOST=0.0.0.0 PORT=${PORTS.backend}`,
  'USER 65532',
  `EXPOSE ${PORTS.backend}`,
  'ENTRYPOINT ["/server"]',
);

export const backendDockerfile = (plan: InfraPlan): string => (plan.backend === 'python' ? PYTHON : GO);

export const FRONTEND_DOCKERFILE = lines(
  '# syntax=docker/dockerfile:1.7',
  '# Build from the folder that holds engenharia/ and deploy/:',
  '#   docker build -f deploy/docker/frontend.Dockerfile -t frontend .',
  'FROM node:22.20.0-bookworm-slim AS build',
  'WORKDIR /build',
  'COPY engenharia/frontend/package.json ./',
  'RUN npm install --no-audit --no-fund',
  'COPY engenharia/frontend/ ./',
  'RUN npm run build',
  '',
  'FROM nginxinc/nginx-unprivileged:1.29.1-alpine',
  'COPY deploy/docker/nginx.conf.template /etc/nginx/templates/default.conf.template',
  'COPY --from=build /build/dist /usr/share/nginx/html',
  'USER 101',
  `EXPOSE ${PORTS.frontend}`,
  `HEALTHCHECK --interval=10s --timeout=3s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:${PORTS.frontend}/"]`,
);

/** One origin for people: the page, and the backend behind it. */
export const nginxTemplate = ({ apiBase }: InfraPlan): string =>
  lines(
    'server {',
    `  listen ${PORTS.frontend};`,
    '  root /usr/share/nginx/html;',
    '  server_tokens off;',
    '  client_max_body_size 1m;',
    '  add_header X-Content-Type-Options nosniff always;',
    '  add_header Referrer-Policy same-origin always;',
    `  add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'none'" always;`,
    '',
    ...proxied(`${apiBase}/`),
    ...proxied('/health/'),
    '  location /assets/ {',
    '    expires 1y;',
    '    try_files $uri =404;',
    '  }',
    '',
    '  location / {',
    '    try_files $uri /index.html;',
    '  }',
    '}',
  );

const proxied = (prefix: string): readonly string[] => [
  `  location ${prefix} {`,
  '    proxy_pass ${BACKEND_URL};',
  '    proxy_http_version 1.1;',
  '    proxy_set_header Host $host;',
  '    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
  '    proxy_set_header X-Forwarded-Proto $scheme;',
  '    proxy_read_timeout 30s;',
  '  }',
  '',
];

export const DOCKERIGNORE = lines(
  '**/node_modules',
  '**/dist',
  '**/.venv',
  '**/__pycache__',
  '**/coverage',
  '.git',
  '.env',
);
