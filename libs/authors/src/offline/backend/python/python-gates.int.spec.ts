import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Files, GateInput } from '@squados/agent-runtime';
import type { Verdict } from '@squados/contracts';
import { createBackendGates } from '@squados/gates/backend';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains, type Toolchains } from '@squados/gates/toolchains';
import { createBackendRole } from '../create-backend-role.js';
import { backendCase } from '../testing/backend-task.js';
import { ODD_MODEL } from '../testing/odd-model.js';
import { createPythonWriter } from './create-python-writer.js';

const toolchains = createToolchains();
const python = await toolchains.find('python');
const withPython = python.kind === 'there' ? it : it.skip;
const why = python.kind === 'there' ? '' : ` (skipped: ${python.reason}; ${python.remedy})`;
const sandbox = createSandbox();
const MINUTES = 180_000;

/** The entity with a field of every type, and names that are words of Python. */
const { task, tools } = backendCase(
  { ...ODD_MODEL, entities: ODD_MODEL.entities.filter((e) => e.name === 'Class') },
  { policy: { backend: 'python' } },
);
let files: Files;
beforeAll(async () => {
  const result = await createBackendRole({ gates: [], writers: [createPythonWriter()] }).write(task, tools);
  if (result.kind !== 'written') throw new Error(JSON.stringify(result));
  files = result.files;
});

const verdictOf = async (
  name: string,
  changed: Files = files,
  found: Toolchains = toolchains,
): Promise<Partial<Verdict>> => {
  const gate = createBackendGates({ sandbox, toolchains: found }).find((g) => g.name === name);
  const input: GateInput = { task, files: changed, proposals: [], tools };
  return gate ? gate.run(input) : {};
};
const edited = (path: string, from: string, to: string): Files => {
  const text = files.get(`engenharia/backend/${path}`) ?? '';
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  return new Map([...files, [`engenharia/backend/${path}`, text.replace(from, to)]]);
};

describe('the gates of a service in Python', () => {
  withPython.each(['py-compiles', 'py-lint', 'py-contract', 'py-tests'])(
    `%s passes what is written from hostile labels and odd names${why}`,
    async (name) => {
      expect(await verdictOf(name)).toMatchObject({ outcome: 'pass', exitCode: 0 });
    },
    MINUTES,
  );
  withPython(
    `name the line of a file that does not compile${why}`,
    async () => {
      const verdict = await verdictOf('py-compiles', edited('app/main.py', 'def create_app(', 'def create_app(('));
      expect(verdict).toMatchObject({ outcome: 'fail' });
      expect(verdict.findings?.[0]).toMatchObject({ path: 'engenharia/backend/app/main.py', rule: 'syntax' });
    },
    MINUTES,
  );
  withPython(
    `name the line that the linter minds${why}`,
    async () => {
      const verdict = await verdictOf('py-lint', edited('app/core/etag.py', '"""Versions', 'import os\n"""Versions'));
      expect(verdict.findings?.map((f) => f.path)).toContain('engenharia/backend/app/core/etag.py');
    },
    MINUTES,
  );
  withPython(
    `fail when code and contract drift apart${why}`,
    async () => {
      const verdict = await verdictOf('py-contract', edited('app/schemas/class_.py', 'max_length=8', 'max_length=9'));
      expect(verdict).toMatchObject({ outcome: 'fail' });
      expect(verdict.findings?.[0]?.message).toContain('the contract says 8, the service 9');
    },
    MINUTES,
  );
  it('refer with what to install where Python is missing', async () => {
    const none: Toolchains = {
      find: () => Promise.resolve({ kind: 'missing', reason: 'no Python', remedy: 'squados setup python' }),
    };
    const verdict = await verdictOf('py-tests', files, none);
    expect(verdict).toMatchObject({ outcome: 'refer', summary: 'no Python: squados setup python' });
  });
});
