import { stringify } from 'yaml';

/** One YAML document, with comment lines before it. Text of outside is quoted by the serializer, never pasted. */
export const yamlOf = (value: unknown, comments: readonly string[] = []): string => {
  const head = comments.map((line) => `# ${line.replace(/[^\P{C}]/gu, ' ')}\n`).join('');
  return `${head}${stringify(value, { lineWidth: 120, aliasDuplicateObjects: false })}`;
};

/** Several documents in one file. */
export const yamlStream = (values: readonly unknown[], comments: readonly string[] = []): string =>
  values.map((value, i) => yamlOf(value, i === 0 ? comments : [])).join('---\n');
