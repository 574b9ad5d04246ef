/** What every line carries in front, so that it isn't repeated behind. */
const LEADING = new Set(['time', 'level', 'msg', 'service']);

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^\s"=\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text);
};

/** Control characters would let a hostile text move the cursor or forge a line. */
const visible = (text: string): string => text.replace(/\p{Cc}/gu, (c) => (c === '\n' ? '⏎' : '�'));

/** One JSON line as people read it: `12:00:01 warn  orchestrator message card_id=PROD-1`. What is no JSON stays as it is. */
export const plainLine = (json: string): string => {
  const fields = parsed(json);
  if (!fields) return json;
  const rest = Object.entries(fields).filter(([name, value]) => !LEADING.has(name) && value !== undefined);
  const time = String(fields['time'] ?? '').slice(11, 19);
  const head = `${time} ${String(fields['level'] ?? '').padEnd(5)} ${String(fields['service'] ?? '')}`;
  const tail = rest.map(([name, value]) => ` ${name}=${shown(value)}`).join('');
  return `${head} ${visible(String(fields['msg'] ?? ''))}${tail}\n`;
};

const parsed = (json: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
};
