import { describe, expect, it } from '@jest/globals';
import { answering } from '../testing/answering.js';
import { confirm } from './confirm.js';

describe('a question', () => {
  it.each(['y', 'Yes', 's', 'SIM', ' yes '])('%j is a yes', async (answer) => {
    const { value, asked } = await answering(answer, () => confirm('Begin?'));
    expect(value).toBe(true);
    expect(asked).toContain('Begin? [y/N] ');
  });

  it.each(['', 'n', 'não', 'yesterday', undefined])('%j is a no', async (answer) => {
    expect((await answering(answer, () => confirm('Begin?'))).value).toBe(false);
  });
});
