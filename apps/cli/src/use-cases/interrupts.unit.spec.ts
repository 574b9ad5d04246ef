import { afterEach, describe, expect, it } from '@jest/globals';
import { interrupts, type Interrupts } from './interrupts.js';

let held: Interrupts | undefined;
afterEach(() => held?.release());

const listening = (): { said: string[]; exits: number[]; at: { ms: number }; press: () => void } => {
  const [said, exits, at] = [[] as string[], [] as number[], { ms: 1_000 }];
  held = interrupts((text) => said.push(text), { now: () => at.ms, exit: (code) => void exits.push(code) });
  return { said, exits, at, press: () => void process.emit('SIGINT') };
};

describe('Ctrl-C', () => {
  it('that npm passes on as well as the terminal is one press', async () => {
    const { said, exits, at, press } = listening();
    press();
    at.ms += 50;
    press();
    await held?.first;
    expect(said).toHaveLength(1);
    expect(exits).toEqual([]);
  });

  it('pressed again ends at once with 130', () => {
    const { exits, at, press } = listening();
    press();
    at.ms += 1_000;
    press();
    expect(exits).toEqual([130]);
  });
});
