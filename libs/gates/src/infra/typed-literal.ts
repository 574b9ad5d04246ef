import { isAlias, isMap, isScalar, isSeq, type Document, type Node } from 'yaml';

/** A document as the text of a TypeScript literal, and for each line of it where in the YAML text it came from. */
export interface TypedLiteral {
  readonly text: string;
  /** Offset in the YAML file by line of `text` (from 0). */
  readonly offsets: readonly number[];
}

/** Every key and item on a line of its own, so that a complaint about a line names one place. Only JSON scalars are printed: no code. */
export const typedLiteral = (document: Document): TypedLiteral => {
  const lines: string[] = [];
  const offsets: number[] = [];
  const put = (text: string, offset: number): void => {
    lines.push(text);
    offsets.push(offset);
  };
  const offsetOf = (node: Node | null, fallback: number): number => node?.range?.[0] ?? fallback;
  const emit = (node: unknown, { before, after, near }: Around): void => {
    const resolved = isAlias(node) ? (node.resolve(document) ?? null) : node;
    const here = offsetOf(resolved as Node | null, near);
    if (isMap(resolved)) {
      put(`${before}{`, here);
      for (const { key, value } of resolved.items)
        emit(value, {
          before: `${JSON.stringify(keyText(key))}: `,
          after: ',',
          near: offsetOf(key as Node | null, here),
        });
      put(`}${after}`, here);
    } else if (isSeq(resolved)) {
      put(`${before}[`, here);
      for (const item of resolved.items) emit(item, { before: '', after: ',', near: here });
      put(`]${after}`, here);
    } else put(`${before}${scalarText(resolved)}${after}`, before === '' ? here : near);
  };
  emit(document.contents, { before: '', after: '', near: 0 });
  return { text: lines.join('\n'), offsets };
};

interface Around {
  readonly before: string;
  readonly after: string;
  readonly near: number;
}

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key);

const scalarText = (node: unknown): string => {
  const value = isScalar(node) ? node.value : null;
  return typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'null');
};
