import { Fragment, memo, useMemo } from 'react';
import { parseInline, type Inline } from './parse-inline.js';
import { parseMarkdown, type Block, type ListItem } from './parse-markdown.js';

/** A Markdown text as elements of ours; no text in it becomes markup. */
export const Markdown = memo(({ text }: { readonly text: string }) => {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div className="markdown">
      {blocks.map((block, i) => (
        <BlockView key={i} block={block} />
      ))}
    </div>
  );
});

// eslint-disable-next-line complexity -- one case per kind, and no default
const BlockView = ({ block }: { readonly block: Block }) => {
  switch (block.kind) {
    case 'heading':
      return <Heading level={block.level} text={block.text} />;
    case 'paragraph':
      return (
        <p>
          <Spans text={block.text} />
        </p>
      );
    case 'code':
      return (
        <pre data-language={block.language || undefined}>
          <code>{block.text}</code>
        </pre>
      );
    case 'quote':
      return (
        <blockquote>
          <Spans text={block.text} />
        </blockquote>
      );
    case 'list':
      return <ListView items={block.items} ordered={block.ordered} />;
    case 'table':
      return <TableView head={block.head} rows={block.rows} />;
    case 'rule':
      return <hr />;
  }
};

const HEADINGS = ['h3', 'h4', 'h5', 'h6', 'h6', 'h6'] as const;

/** The page has its own first and second level. */
const Heading = ({ level, text }: { readonly level: number; readonly text: string }) => {
  const Tag = HEADINGS[level - 1] ?? 'h6';
  return (
    <Tag data-level={level}>
      <Spans text={text} />
    </Tag>
  );
};

const ListView = ({ items, ordered }: { readonly items: readonly ListItem[]; readonly ordered: boolean }) => {
  const Tag = ordered ? 'ol' : 'ul';
  return (
    <Tag>
      {items.map((item, i) => (
        <li key={i} data-depth={Math.min(item.depth, 4)}>
          {item.checked !== undefined && <input type="checkbox" checked={item.checked} readOnly disabled />}
          <Spans text={item.text} />
        </li>
      ))}
    </Tag>
  );
};

interface TableProps {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const TableView = ({ head, rows }: TableProps) => (
  <div className="table-scroll" tabIndex={0}>
    <table>
      <thead>
        <tr>
          {head.map((cell, i) => (
            <th key={i} scope="col">
              <Spans text={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            {row.map((cell, j) => (
              <td key={j}>
                <Spans text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Spans = ({ text }: { readonly text: string }) =>
  parseInline(text).map((span, i) => <Fragment key={i}>{spanView(span)}</Fragment>);

const spanView = (span: Inline) => {
  switch (span.kind) {
    case 'text':
      return span.text;
    case 'strong':
      return <strong>{span.text}</strong>;
    case 'emphasis':
      return <em>{span.text}</em>;
    case 'code':
      return <code>{span.text}</code>;
    case 'link':
      return (
        <a href={span.href} target="_blank" rel="noopener noreferrer">
          {span.text}
        </a>
      );
  }
};
