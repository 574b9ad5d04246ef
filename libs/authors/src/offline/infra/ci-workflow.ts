import type { InfraPlan } from './infra-plan.js';
import { yamlOf } from './yaml-text.js';

/** Actions by the commit of a release, so that a moved tag changes nothing. */
const CHECKOUT = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683';
const NODE = 'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020';
const PYTHON = 'actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065';
const GO = 'actions/setup-go@d35c59abb061a4a6fb18e82ac0862c26744d6ab5';

const store = {
  image: 'postgres:17.6-bookworm',
  env: { POSTGRES_USER: 'product', POSTGRES_PASSWORD: 'only-for-this-job', POSTGRES_DB: 'product' },
  ports: ['5432:5432'],
  options: '--health-cmd pg_isready --health-interval 5s --health-retries 10',
};

const url = 'postgresql://product:only-for-this-job@127.0.0.1:5432/product';

const backendSteps = ({ backend }: InfraPlan): readonly object[] =>
  backend === 'python'
    ? [
        { uses: PYTHON, with: { 'python-version': '3.12' } },
        { run: 'python -m pip install ".[dev]"' },
        { run: 'ruff check . && ruff format --check .' },
        { run: 'mypy' },
        { run: 'python -m pytest --cov', env: { TEST_DATABASE_URL: url } },
      ]
    : [
        {
          uses: GO,
          with: {
            'go-version-file': 'engenharia/backend/go.mod',
            'cache-dependency-path': 'engenharia/backend/go.sum',
          },
        },
        { run: 'test -z "$(gofmt -l .)" && go vet ./...' },
        { run: 'go test -race -coverpkg=./internal/... ./...', env: { DATABASE_URL: url } },
      ];

const at = (folder: string): object => ({ defaults: { run: { 'working-directory': folder } } });

/** Copy it to `.github/workflows/`: builds and tests both halves, then the images. */
export const ciWorkflow = (plan: InfraPlan): string =>
  yamlOf({
    name: 'ci',
    on: { push: { branches: ['main'] }, pull_request: {} },
    permissions: { contents: 'read' },
    concurrency: { group: '${{ github.workflow }}-${{ github.ref }}', 'cancel-in-progress': true },
    jobs: {
      backend: {
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 15,
        services: { store },
        ...at('engenharia/backend'),
        steps: [{ uses: CHECKOUT, with: { 'persist-credentials': false } }, ...backendSteps(plan)],
      },
      frontend: {
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 15,
        ...at('engenharia/frontend'),
        steps: [
          { uses: CHECKOUT, with: { 'persist-credentials': false } },
          { uses: NODE, with: { 'node-version': '22' } },
          { run: 'npm install --no-audit --no-fund' },
          { run: 'npm run lint' },
          { run: 'npm run coverage' },
          { run: 'npm run build' },
        ],
      },
      images: {
        needs: ['backend', 'frontend'],
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 20,
        steps: [
          { uses: CHECKOUT, with: { 'persist-credentials': false } },
          { run: 'docker build -f deploy/docker/backend.Dockerfile -t backend engenharia/backend' },
          { run: 'docker build -f deploy/docker/frontend.Dockerfile -t frontend .' },
        ],
      },
    },
  });
