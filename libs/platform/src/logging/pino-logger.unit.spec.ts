import { describe, expect, it } from '@jest/globals';
import { createLogger, plainLine, secretScrub, type LoggerOptions } from '../index.js';

const logged = (options: Partial<LoggerOptions>, use: (logger: ReturnType<typeof createLogger>) => void): string[] => {
  const lines: string[] = [];
  use(
    createLogger({
      service: 'agent-arch',
      level: 'info',
      format: 'json',
      write: (line) => void lines.push(line),
      ...options,
    }),
  );
  return lines;
};

describe('a log line', () => {
  it('is one JSON object with the fields of the schema', () => {
    const [line] = logged({}, (l) =>
      l.child({ agent_name: 'arch' }).warn({ card_id: 'ARCH-1', 'err.type': 'TypeError' }, 'went wrong'),
    );
    expect(JSON.parse(line ?? '')).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      service: 'agent-arch',
      agent_name: 'arch',
      card_id: 'ARCH-1',
      'err.type': 'TypeError',
      msg: 'went wrong',
    });
  });
  it('holds no secret: fields by name, values by scrubbing', () => {
    const [line] = logged({ scrub: (l) => l.replaceAll('s3cret', '[KEY]') }, (l) =>
      l.error({ apiKey: 'abc', request: { token: 'def', deep: { password: 'ghi' } }, note: 's3cret' }, 'x'),
    );
    expect(line).not.toMatch(/abc|def|ghi|s3cret/);
    expect(line).toContain('[KEY]');
  });
  it('holds no value of a secret variable and no password of an address, wherever they turn up', () => {
    const env = {
      NATS_URL: 'nats://squad:hun%22ter@one:4222,nats://t0ken@two',
      SQUADOS_API_KEY: 'sk-"quoted"',
      HOME: '/home/squad',
    };
    const [line = ''] = logged({ scrub: secretScrub(env) }, (l) =>
      l.error(
        { err: 'no route to squad:hun"ter@one, t0ken', deep: { note: 'sk-"quoted"' } },
        'hun%22ter in /home/squad',
      ),
    );
    expect(JSON.parse(line)).toMatchObject({
      err: 'no route to squad:[NATS_URL]@one, [NATS_URL]',
      deep: { note: '[SQUADOS_API_KEY]' },
      msg: '[NATS_URL] in /home/squad',
    });
  });
  it('is left out below its level', () => {
    expect(
      logged({ level: 'error' }, (l) => (l.debug({}, 'a'), l.info({}, 'b'), l.warn({}, 'c'), l.error({}, 'd'))),
    ).toHaveLength(1);
    expect(logged({ level: 'silent' }, (l) => l.error({}, 'd'))).toEqual([]);
  });
  it('reads well for people where no machine reads it', () => {
    const [line] = logged({ format: 'plain' }, (l) =>
      l.info({ card_id: 'PROD-1', note: 'two words', n: 3, nothing: undefined }, 'done'),
    );
    expect(line).toMatch(/^\d\d:\d\d:\d\d info {2}agent-arch done card_id=PROD-1 note="two words" n=3\n$/);
  });
  it('cannot be forged by a hostile text', () => {
    const line = plainLine(
      JSON.stringify({ time: '2026-01-01T10:00:00Z', level: 'info', msg: 'a\nb\u001b[2J', card_id: 'x\ny' }),
    );
    expect(line).toBe('10:00:00 info   a⏎b�[2J card_id="x\\ny"\n');
    expect(plainLine('no json')).toBe('no json');
    expect(plainLine('7')).toBe('7');
  });
});
