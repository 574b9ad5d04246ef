import { describe, expect, it } from '@jest/globals';
import type { GateInput } from '@squados/agent-runtime';
import { GIVEN_PLAN_FILE } from '@squados/contracts';
import { isWithoutPages } from './frontend-files.js';

const input = (handedOver: string, ...paths: readonly string[]): Pick<GateInput, 'task' | 'files'> => ({
  task: { dependencies: [{ manifest: { [handedOver]: 'f'.repeat(64) } }] } as unknown as GateInput['task'],
  files: new Map(paths.map((path) => [`engenharia/frontend/${path}`, ''])),
});

describe('an application without pages', () => {
  it('is one of a given contract that holds nothing about records', () => {
    expect(isWithoutPages(input(GIVEN_PLAN_FILE, 'package.json', 'src/main.tsx'))).toBe(true);
    expect(isWithoutPages(input(GIVEN_PLAN_FILE, 'src/main.tsx', 'src/features/avisos/index.ts'))).toBe(false);
  });
  it('is not one of a design of our own, whose records all have pages', () => {
    expect(isWithoutPages(input('arquitetura/openapi.yaml', 'src/main.tsx'))).toBe(false);
  });
});
