import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { manifestHash, manifestText, sha256 } from './index.js';

const one = sha256('1'.repeat(64));
const two = sha256('2'.repeat(64));

describe('manifest hash', () => {
  it('does not depend on the order in which the files were listed', () => {
    expect(manifestHash({ 'a.md': one, 'b.md': two })).toBe(manifestHash({ 'b.md': two, 'a.md': one }));
  });
  it('changes with a path, with a hash, and when two files swap their hashes', () => {
    const hashes = [
      manifestHash({}),
      manifestHash({ 'a.md': one }),
      manifestHash({ 'a.mdx': one }),
      manifestHash({ 'a.md': two }),
      manifestHash({ 'a.md': one, 'b.md': two }),
      manifestHash({ 'a.md': two, 'b.md': one }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
  it('cannot be forged with quotes, commas or line breaks in a path', () => {
    expect(manifestHash({ [`a","${one}"],["b`]: two })).not.toBe(manifestHash({ a: one, b: two }));
  });
  it('is the SHA-256 that another implementation computes over the same text', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.constantFrom(one, two)), (manifest) => {
        const expected = createHash('sha256').update(manifestText(manifest), 'utf8').digest('hex');
        expect(manifestHash(manifest)).toBe(expected);
      }),
    );
  });
  it('has a known value for a known manifest, so that no release changes it in silence', () => {
    expect(manifestText({ 'produto/b.md': two, 'arquitetura/ç.md': one })).toBe(
      `[["arquitetura/ç.md","${one}"],["produto/b.md","${two}"]]`,
    );
  });
});
