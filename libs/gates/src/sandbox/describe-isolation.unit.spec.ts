import { describe, expect, it } from '@jest/globals';
import { describeIsolation } from './describe-isolation.js';

describe('the isolation report in lines', () => {
  it('says level and driver, every check, and why no better driver was taken', () => {
    const lines = describeIsolation({
      level: 1,
      by: 'plain limits',
      driver: 'plain',
      checks: [
        { name: 'network', held: false, by: 'reached loopback' },
        { name: 'environment', held: true, by: 'its own' },
      ],
      passedOver: [{ driver: 'bubblewrap', reason: 'not installed' }],
    });
    expect(lines).toEqual([
      'sandbox: level 1 (plain limits)',
      '  OPEN  network          reached loopback',
      '  held  environment      its own',
      '  not bubblewrap: not installed',
    ]);
  });
});
