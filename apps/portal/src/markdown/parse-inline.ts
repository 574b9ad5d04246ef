export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** Each alternative is bounded and cannot overlap itself, so that no text makes it slow. */
const SPAN =
  /`([^`\n]{1,2000})`|\*\*([^*\n]{1,2000})\*\*|(?<![\w*])[*_]([^*_\n]{1,2000})[*_](?![\w*])|\[([^\]\n]{1,500})\]\((https?:\/\/[^\s()]{1,1000})\)/g;

/** Emphasis, code and links to the web; every other address stays the text that it is. */
export const parseInline = (text: string): readonly Inline[] => {
  const found: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(SPAN)) {
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) });
    found.push(spanOf(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) });
  return found;
};

const spanOf = ([, code, strong, emphasis, label, href]: RegExpExecArray): Inline => {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (emphasis !== undefined) return { kind: 'emphasis', text: emphasis };
  return { kind: 'link', text: label ?? '', href: href ?? '' };
};
