import { plain, WORDS, type QaReport } from './qa-report.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => plain(text).replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

const STYLE = `:root{color-scheme:light dark;--pass:#1a7f37;--fail:#cf222e;--refer:#9a6700}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid #8884}
.pass{color:var(--pass)}.fail{color:var(--fail)}.refer{color:var(--refer)}strong{white-space:nowrap}
.bars{display:flex;gap:4px;margin:1rem 0}.bars i{flex:1;height:.75rem;border-radius:3px;background:currentColor}
td:last-child{font-size:.875rem;opacity:.8;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){:root{--pass:#3fb950;--fail:#f85149;--refer:#d29922}}`;

type Outcome = 'pass' | 'fail' | 'refer';
const mark = (outcome: Outcome): string => `<strong class="${outcome}">${outcome.toUpperCase()}</strong>`;
const cells = (...html: readonly string[]): string => `<tr>${html.map((h) => `<td>${h}</td>`).join('')}</tr>`;
const head = (...titles: readonly string[]): string =>
  `<thead><tr>${titles.map((t) => `<th scope="col">${escaped(t)}</th>`).join('')}</tr></thead>`;

const section = (result: QaReport['results'][number], words: (typeof WORDS)['en']): string => {
  const rows = result.lines.map((l) => cells(mark(l.outcome), escaped(l.what), escaped(l.detail), escaped(l.evidence)));
  const table =
    rows.length > 0
      ? `<table>${head(words.outcome, words.check, words.detail, words.evidence)}<tbody>${rows.join('')}</tbody></table>`
      : `<p>${escaped(words.none)}</p>`;
  return `<section><h2>${escaped(result.gate)} ${mark(result.verdict.outcome)}</h2><p>${escaped(result.verdict.summary)}</p>${table}</section>`;
};

/** One page without scripts or anything to fetch. */
export const reportHtml = (report: QaReport): string => {
  const words = WORDS[report.language];
  const title = `${words.report}: ${report.card}`;
  const verdict = report.verdict.toLowerCase() as Outcome;
  const bars = report.results.map((r) => `<i class="${r.verdict.outcome}" title="${escaped(r.gate)}"></i>`).join('');
  return `<!doctype html>
<html lang="${report.language === 'pt' ? 'pt-BR' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(report.product)}: ${escaped(report.title)}</p>
<p>${escaped(words.verdict)}: ${mark(verdict)}</p>
<div class="bars" aria-hidden="true">${bars}</div>
${report.results.map((r) => section(r, words)).join('\n')}
</body>
</html>
`;
};
