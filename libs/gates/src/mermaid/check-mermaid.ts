import type { Finding } from '@squados/contracts';
import type { CheckReport, TextFile } from '../pool/job.js';
import { clip, count, reportOf } from '../pool/report.js';
import { diagramsOf, originalLine, type Diagram } from './diagrams.js';
import { loadMermaid, type MermaidParser } from './load-mermaid.js';

const lineIn = (diagram: Diagram, error: Error): number => {
  const reported =
    /(?:Parse|Lexical) error on line (\d+)/i.exec(error.message)?.[1] ?? /line:? (\d+)/i.exec(error.message)?.[1];
  return reported === undefined ? diagram.line : diagram.line + originalLine(diagram.text, Number(reported));
};

const wordsOf = (error: Error): string =>
  clip(
    error.message
      .replace(/\n/g, ' ')
      .replace(/-{5,}\^/g, '')
      .replace(/\s+/g, ' '),
    400,
  );

const problem = (diagram: Pick<Diagram, 'path' | 'line'>, rule: string, message: string): Finding => ({
  path: diagram.path,
  line: diagram.line,
  rule,
  severity: 'error',
  message,
});

const checkOne = async (mermaid: MermaidParser, diagram: Diagram): Promise<Finding[]> => {
  if (!diagram.closed) return [problem(diagram, 'unclosed-block', 'the ```mermaid block is never closed')];
  if (diagram.text.trim() === '') return [problem(diagram, 'empty-diagram', 'the diagram is empty')];
  try {
    await mermaid.parse(diagram.text);
    return [];
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    return [
      problem(
        { ...diagram, line: lineIn(diagram, cause) },
        'mermaid-syntax',
        `Mermaid cannot read the diagram: ${wordsOf(cause)}`,
      ),
    ];
  }
};

/** Parses every diagram of the files; none at all is a failure, since then nothing was checked. */
export const checkMermaid = async (mermaid: MermaidParser, files: readonly TextFile[]): Promise<CheckReport> => {
  const diagrams = files.flatMap(diagramsOf);
  const what = `${count(diagrams.length, 'diagram')} in ${count(files.length, 'file')}`;
  const first = files[0];
  if (diagrams.length === 0) {
    return reportOf(what, [
      {
        ...(first ? { path: first.path } : {}),
        rule: 'no-diagram',
        severity: 'error',
        message: 'no diagram found: add a .mmd file or a ```mermaid block',
      },
    ]);
  }
  const findings: Finding[] = [];
  // One after the other: mermaid's parsers keep their state in module globals.
  for (const diagram of diagrams) findings.push(...(await checkOne(mermaid, diagram)));
  return reportOf(what, findings);
};

export const prepareMermaidCheck = async (): Promise<
  (input: { readonly files: readonly TextFile[] }) => Promise<CheckReport>
> => {
  const mermaid = await loadMermaid();
  return ({ files }) => checkMermaid(mermaid, files);
};
