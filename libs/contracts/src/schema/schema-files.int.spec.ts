import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SCHEMA_FILES } from './index.js';

const folder = join(import.meta.dirname, '../../schema');

describe('schema files', () => {
  it('are as the code has them: after a change run libs/contracts/tools/emit-schemas.mjs', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(SCHEMA_FILES).sort());
    for (const [name, schema] of Object.entries(SCHEMA_FILES))
      expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(schema);
  });
});
