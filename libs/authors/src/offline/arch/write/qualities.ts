import type { DesignInput } from './design.js';
import { markdownText } from './escape.js';

const NFR =
  /(?:[<≤]\s?\d+\s*(?:ms|s|segundos?|seconds?|min|h)\b|\b\d+(?:[.,]\d+)?\s?%|p9[59]|\bWCAG\b|OWASP|multi-?tenant|dark mode|audit|criptograf|encrypt|lat[eê]ncia|latency|em background|rate limit|retry|backup|disponib|uptime|\b\d+\s?(?:ms|segundos|seconds)\b)/i;
/** Lines of the text that ask for qualities, quoted. */
export const qualities = ({ contribution: c, criteria, say }: DesignInput): readonly string[] => {
  const lines = [
    ...new Set([
      ...criteria,
      ...c.source.text.split('\n').map((l) => l.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim()),
    ]),
  ]
    .filter((l) => NFR.test(l) && l.length < 300)
    .slice(0, 8);
  const rows = lines.map((l) => `> - ${markdownText(l.replace(/\*\*|`/g, ''))}`);
  return [
    `## ${say('Qualidades que o texto pede', 'Qualities that the text asks for')}`,
    '',
    ...(rows.length > 0
      ? rows
      : [say('O texto não declara nenhuma; valem as do projeto.', 'The text states none; those of the project hold.')]),
    '',
  ];
};
