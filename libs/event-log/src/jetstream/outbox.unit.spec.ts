import { describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Outbox, type Outgoing } from './outbox.js';

describe('what a process has to say to the server', () => {
  const boxed = (): { readonly box: Outbox; readonly sent: string[] } => {
    const sent: string[] = [];
    return { box: new Outbox(([subject]: Outgoing) => void sent.push(subject)), sent };
  };

  it('is handed over when the turn of the loop is over, together and in its order', async () => {
    const { box, sent } = boxed();
    box.put(['a']);
    await Promise.resolve();
    box.put(['b']);
    expect(sent).toEqual([]);
    await nextTurn();
    expect(sent).toEqual(['a', 'b']);
  });

  it('is handed over at once before the connection is closed, and not again', async () => {
    const { box, sent } = boxed();
    box.put(['a']);
    box.flush();
    expect(sent).toEqual(['a']);
    box.put(['b']);
    await nextTurn();
    expect(sent).toEqual(['a', 'b']);
  });
});
