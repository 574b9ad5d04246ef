import { describe, expect, it } from '@jest/globals';
import { unmentionedCriteria } from './lint-markdown.js';

const documents = (text: string) => [{ path: 'design.md', text }];

describe('criteria that no document mentions', () => {
  it('are told, whatever emphasis or quotes the document uses', () => {
    const files = documents('- **A slot** that is “full” takes no order');
    expect(unmentionedCriteria(files, ['A slot that is full takes no order', 'Two slots share no name'])).toEqual([
      'Two slots share no name',
    ]);
  });

  it('count as mentioned without their control characters, which no document repeats', () => {
    expect(unmentionedCriteria(documents('- [31mRed[0m text'), ['\u001b[31mRed\u001b[0m\u0007 te\u202ext'])).toEqual([
      '\u001b[31mRed\u001b[0m\u0007 te\u202ext',
    ]);
    expect(unmentionedCriteria(documents('- [31mRed [0m text'), ['\u001b[31mRed\u001b[0m\u0007 text'])).toEqual([]);
  });
});
