import { describe, expect, it } from '@jest/globals';
import { createSandbox, type SandboxOutcome } from '../sandbox/index.js';
import { createToolchains } from './create-toolchains.js';
import type { Toolchain, ToolchainName } from './toolchains.port.js';

const toolchains = createToolchains();
const sandbox = createSandbox();

interface Run {
  readonly command: readonly [string, ...string[]];
  readonly files?: Readonly<Record<string, string>>;
}

const run = (used: readonly Toolchain[], { command, files = {} }: Run): Promise<SandboxOutcome> => {
  const path = used.map(({ env }) => env['PATH'] ?? '').join(':');
  return sandbox.run(
    {
      command,
      files: new Map(Object.entries(files)),
      mounts: used.flatMap(({ mounts }) => mounts),
      env: { ...Object.assign({}, ...used.map(({ env }) => env)), PATH: `${path}:/usr/bin:/bin`, HOME: '/tmp' },
      limits: { memoryMb: 3_072, diskMb: 1_024 },
    },
    new AbortController().signal,
  );
};

const succeeded = (outcome: SandboxOutcome): string => {
  if (outcome.kind === 'exited' && outcome.exitCode === 0) return outcome.stdout;
  throw new Error(JSON.stringify(outcome, undefined, 2));
};

const missing: string[] = [];
const found = new Map<ToolchainName, Toolchain>();
for (const name of ['node', 'web', 'python', 'go', 'postgres', 'browser'] as const) {
  const lookup = await toolchains.find(name);
  if (lookup.kind === 'there') found.set(name, lookup.toolchain);
  else missing.push(`${lookup.reason} (${lookup.remedy})`);
}

/** A test that runs where these toolchains are, and is skipped with the reason where one is not. */
const itWith = (
  names: readonly ToolchainName[],
  title: string,
  test: (used: readonly Toolchain[]) => Promise<void>,
): void => {
  const used = names.flatMap((name) => found.get(name) ?? []);
  if (used.length === names.length) it(title, () => test(used), 120_000);
  else it.skip(`${title}: ${missing.join('; ')}`, () => undefined);
};

const GO_SERVICE = {
  'main.go': `package main

import (
	"fmt"
	"net/http/httptest"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

func main() {
	router := gin.New()
	router.GET("/", func(c *gin.Context) { c.String(200, uuid.Nil.String()) })
	answer := httptest.NewRecorder()
	router.ServeHTTP(answer, httptest.NewRequest("GET", "/", nil))
	_, err := pgxpool.ParseConfig("postgres://127.0.0.1/x")
	fmt.Println(answer.Body.String(), err)
}
`,
};

const PYTHON_TEST = `
import psycopg, pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

app = FastAPI()

@app.get("/answer")
def answer() -> dict[str, int]:
    return {"answer": 42}

def test_serves_and_stores() -> None:
    assert TestClient(app).get("/answer").json() == {"answer": 42}
    with create_engine("postgresql+psycopg://postgres@127.0.0.1/postgres").connect() as db:
        assert db.execute(text("select 6 * 7")).scalar_one() == 42
`;

const BROWSE = `
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
const page = '<!doctype html><title>before</title><button onclick="document.title=6*7">go</button>';
const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(page));
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox', '--disable-gpu'] });
const tab = await browser.newPage();
await tab.goto('http://127.0.0.1:' + server.address().port);
await tab.click('button');
console.log(await tab.title(), (await tab.screenshot()).length > 1000);
await browser.close();
server.close();
`;

describe('each toolchain inside the sandbox, as a user of its own, without network', () => {
  itWith(['web'], 'web compiles a component and refuses a wrong one', async (used) => {
    const modules = `${used[0]!.folder}/node_modules`;
    const outcome = await sandbox.run(
      {
        command: [
          used[0]!.program('tsc')!,
          '--noEmit',
          '--strict',
          '--jsx',
          'react-jsx',
          '--skipLibCheck',
          'good.tsx',
          'bad.tsx',
        ],
        files: new Map([
          ['good.tsx', 'export const Good = ({ name }: { name: string }) => <p>{name}</p>;\n'],
          ['bad.tsx', 'import { Good } from "./good";\nexport const Bad = () => <Good name={7} />;\n'],
        ]),
        mounts: [...used[0]!.mounts, { from: modules, at: 'node_modules' }],
        env: { ...used[0]!.env, PATH: `${used[0]!.env['PATH']}:/usr/bin:/bin`, HOME: '/tmp' },
      },
      new AbortController().signal,
    );
    expect(outcome).toMatchObject({ kind: 'exited', exitCode: 2 });
    const { stdout } = outcome as { stdout: string };
    expect(stdout).toMatch(/^bad\.tsx\(2,\d+\): error TS2322/);
    expect(stdout).not.toContain('good.tsx');
  });

  itWith(
    ['go'],
    'go builds and runs a service of gin, uuid and pgx from what was compiled at install',
    async (used) => {
      const { readFileSync } = await import('node:fs');
      const pinned = (name: string): string => readFileSync(`${used[0]!.folder}/module/${name}`, 'utf8');
      const files = { ...GO_SERVICE, 'go.mod': pinned('go.mod'), 'go.sum': pinned('go.sum') };
      const outcome = await run(used, { command: ['go', 'run', '-mod=readonly', '.'], files });
      expect(succeeded(outcome)).toContain('00000000-0000-0000-0000-000000000000 <nil>');
    },
  );

  itWith(['python', 'postgres'], 'python tests a service against a server of its own', async (used) => {
    const outcome = await run(used, {
      command: ['with-postgres', 'python', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'test_service.py'],
      files: { 'test_service.py': PYTHON_TEST },
    });
    expect(succeeded(outcome)).toContain('1 passed');
  });

  itWith(['postgres'], "with-postgres ends with its command's status and leaves nothing behind", async (used) => {
    const outcome = await run(used, {
      command: ['with-postgres', 'sh', '-c', 'echo "$DATABASE_URL"; ls /tmp | grep -c postgres; exit 5'],
    });
    expect(outcome).toMatchObject({ kind: 'exited', exitCode: 5 });
    expect((outcome as { stdout: string }).stdout).toBe('postgresql://postgres@127.0.0.1:5432/postgres\n1\n');
  });

  itWith(['browser', 'web'], 'the browser opens a page, clicks and takes a picture', async (used) => {
    const [browser, web] = used as [Toolchain, Toolchain];
    const outcome = await sandbox.run(
      {
        command: ['node', 'browse.mjs', browser.program('chromium')!],
        files: new Map([['browse.mjs', BROWSE]]),
        mounts: [...browser.mounts, ...web.mounts, { from: `${web.folder}/node_modules`, at: 'node_modules' }],
        env: { PATH: `${web.env['PATH']}:/usr/bin:/bin`, HOME: '/tmp', TMPDIR: '/tmp' },
      },
      new AbortController().signal,
    );
    expect(succeeded(outcome)).toContain('42 true');
  });
});
