import { describe, expect, it } from '@jest/globals';
import type { GateInput } from '@squados/agent-runtime';
import type { Sandbox } from '../../sandbox/index.js';
import type { Toolchains } from '../../toolchains/index.js';
import { createPythonGates } from './create-python-gates.js';

const never: Sandbox = {
  run: () => Promise.reject(new Error('nothing may be executed')),
  isolation: () => Promise.reject(new Error('not asked here')),
};
const nothingHere: Toolchains = {
  find: (name) =>
    Promise.resolve({ kind: 'missing', reason: `${name} is not installed`, remedy: `squados setup ${name}` }),
};

const card = { id: 'BE-001', agent: 'backend', title: '', description: '', acceptanceCriteria: [], deliverables: [] };
const DESIGN = { 'arquitetura/openapi.yaml': 'api', 'arquitetura/modelo-de-dominio.json': 'model' };
const input = {
  task: {
    project: { policy: { gateProfile: 'quick', backend: 'python' } },
    ...{ card, cards: [card], dependencies: [{ card, manifest: DESIGN, assumed: false }] },
  },
  files: new Map([
    ['engenharia/backend/pyproject.toml', ''],
    ['engenharia/backend/app/main.py', ''],
    ['engenharia/backend/tests/unit/test_a.py', ''],
    ['engenharia/backend/cards/BE-001.md', '- `tests/unit/test_a.py`'],
  ]),
  proposals: [],
  tools: {
    signal: new AbortController().signal,
    note: () => undefined,
    readArtifact: () => Promise.resolve(new TextEncoder().encode('{}')),
  },
} as unknown as GateInput;

describe('the gates of a Python service', () => {
  it('refer with what to type where the toolchain is missing, and run nothing', async () => {
    const gates = createPythonGates({ sandbox: never, toolchains: nothingHere });
    const due = gates.filter((gate) => gate.applies(input.task) !== 'none');
    const said = await Promise.all(due.map((gate) => gate.run(input)));
    expect(due.length).toBeGreaterThan(2);
    expect(said.map(({ outcome }, i) => [due[i]?.name, outcome])).toEqual(due.map(({ name }) => [name, 'refer']));
    expect(said.every(({ summary }) => summary.includes('squados setup python'))).toBe(true);
  });
});
