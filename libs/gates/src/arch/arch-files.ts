import type { GateInput } from '@squados/agent-runtime';
import type { DatabaseInput, Migration, TextFile } from '../pool/job.js';

type Files = GateInput['files'];

export const FOLDER = 'arquitetura/';
export const SCHEMA_SQL = 'arquitetura/schema.sql';
export const MODEL_JSON = 'arquitetura/modelo-de-dominio.json';
export const MIGRATIONS = 'arquitetura/migrations/';

const OPENAPI = /^arquitetura\/(?:.*\/)?[^/]*openapi[^/]*\.(?:ya?ml|json)$/i;

const all = (files: Files): TextFile[] => [...files].map(([path, text]) => ({ path, text }));

export const fileAt = (files: Files, path: string): TextFile | undefined => {
  const text = files.get(path);
  return text === undefined ? undefined : { path, text };
};

export const matching = (files: Files, pattern: RegExp): TextFile[] =>
  all(files)
    .filter((file) => pattern.test(file.path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

export const openApiFile = (files: Files): TextFile | undefined => matching(files, OPENAPI)[0];
export const diagramFiles = (files: Files): TextFile[] => matching(files, /\.(?:mmd|mermaid|md)$/i);
export const markdownFiles = (files: Files): TextFile[] => matching(files, /\.md$/i);

/** `001_clientes.up.sql` before `002_…`: by the number in front, then by name. */
const byNumber = (a: TextFile, b: TextFile): number => a.path.localeCompare(b.path, 'en', { numeric: true });

export const migrationsOf = (files: Files): Migration[] =>
  matching(files, /^arquitetura\/migrations\/[^/]+\.up\.sql$/)
    .sort(byNumber)
    .map((up) => {
      const name = up.path.slice(MIGRATIONS.length, -'.up.sql'.length);
      const down = fileAt(files, `${MIGRATIONS}${name}.down.sql`);
      return { name, up, ...(down ? { down } : {}) };
    });

export const databaseInput = (files: Files): DatabaseInput => {
  const schema = fileAt(files, SCHEMA_SQL);
  return { ...(schema ? { schema } : {}), migrations: migrationsOf(files) };
};

export const databaseFiles = (input: DatabaseInput): TextFile[] => [
  ...(input.schema ? [input.schema] : []),
  ...input.migrations.flatMap((m) => (m.down ? [m.up, m.down] : [m.up])),
];
