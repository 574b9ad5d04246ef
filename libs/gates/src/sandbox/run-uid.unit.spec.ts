import { describe, expect, it } from '@jest/globals';
import { uidRange } from './run-uid.js';

describe('the users of runs', () => {
  it('are drawn far above everybody’s where all ids are mapped', () => {
    expect(uidRange('         0          0 4294967295\n')?.from).toBeGreaterThan(0x6000_0000);
  });

  it('are drawn within a container’s ids', () => {
    const range = uidRange('0 100000 65536\n');
    expect(range?.to).toBeLessThan(61_184);
  });

  it('are none where only one id is mapped', () => {
    expect(uidRange('0 1000 1\n')).toBeUndefined();
    expect(uidRange('')).toBeUndefined();
  });
});
