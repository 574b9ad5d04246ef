import { describe, expect, it } from '@jest/globals';
import { basePathIn, conformanceFindings, conformanceLine, lastLine } from './running-checks.js';

const REPORT = `
_______________ POST /loans _______________
- Server error
- ST5 Undocumented HTTP status code
_______________ GET /loans/{id} _______________
- Response violates schema

Test cases:
  1516 generated, 1513 passed, 3 found 3 failures

========== 3 failures in 35.87s ==========
`;

describe('what a program that asked the running service printed', () => {
  it('becomes a finding for each failure, with the operation that it stands under', () => {
    expect(conformanceFindings(REPORT, 'api.json').map((f) => [f.path, f.message])).toEqual([
      ['api.json', 'POST /loans: Server error'],
      ['api.json', 'POST /loans: Undocumented HTTP status code'],
      ['api.json', 'GET /loans/{id}: Response violates schema'],
    ]);
    expect(conformanceFindings('- no operation before it', 'api.json')).toEqual([]);
  });
  it('is summed up by its count of requests, else by its last line', () => {
    expect(conformanceLine(REPORT)).toBe('1516 generated, 1513 passed, 3 found 3 failures');
    expect(conformanceLine('started\nthe service was not ready\n')).toBe('the service was not ready');
    expect(lastLine('')).toBe('');
  });
});

describe('the path that a served contract names', () => {
  it.each([
    ['{"servers": [{"url": "/api/v1/"}]}', '/api/v1'],
    ['{"servers": [{"url": "/"}]}', ''],
    ['{}', ''],
    [undefined, ''],
  ])('of %j is %j', (contract, path) => {
    expect(basePathIn(contract)).toBe(path);
  });
});
