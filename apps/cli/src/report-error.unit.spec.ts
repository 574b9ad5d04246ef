import { describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import { CliError } from './cli-error.js';
import { EXIT } from './exit-codes.js';
import { reportError } from './report-error.js';
import { CONTROLS, HOSTILE } from './testing/hostile.js';
import { RecordingTerminal } from './testing/recording-terminal.js';

const report = (error: unknown, options: { json?: boolean; debug?: boolean } = {}) => {
  const terminal = new RecordingTerminal();
  const code = reportError(error, terminal, { json: options.json ?? false, debug: options.debug ?? false });
  return { code, out: terminal.stdout, err: terminal.stderr };
};
const named = (name: string, code: string): Error => Object.assign(new Error('log.db: locked'), { name, code });

describe('an error that a person can put right', () => {
  const error = new CliError('req.md:3: no such\n  requirement', { details: ['and another'], remedy: ['write it'] });

  it('is one line, its details, its remedy, and nothing of the code', () => {
    expect(report(error)).toEqual({
      code: EXIT.input,
      out: '',
      err: 'squados: req.md:3: no such requirement\n  and another\n  write it\n',
    });
  });

  it('is one object with --json', () => {
    const { out, err } = report(error, { json: true });
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ error: { exitCode: 2, code: 'input', remedy: ['write it'] } });
  });

  it('shows where it came from when asked to', () => {
    expect(report(error, { debug: true }).err).toContain('report-error.unit.spec');
  });

  it('cannot steer the terminal', () => {
    const hostile = new CliError(HOSTILE, { details: [HOSTILE], remedy: [HOSTILE] });
    for (const line of report(hostile).err.split('\n')) expect(line).not.toMatch(CONTROLS);
  });

  it.each(['EventLogError', 'ArtifactError', 'ControlError'])('%s of an adapter speaks for itself', (name) => {
    expect(report(named(name, 'log-locked'))).toMatchObject({ code: EXIT.input, err: 'squados: log.db: locked\n' });
    expect(JSON.parse(report(named(name, 'log-locked'), { json: true }).out)).toMatchObject({
      error: { code: 'log-locked' },
    });
  });

  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EACCES', 'check the permissions'],
    ['EROFS', 'read-only'],
  ])('%s of the system is told with its remedy', (code, remedy) => {
    const told = report(named('Error', code));
    expect(told.code).toBe(EXIT.input);
    expect(told.err).toContain(remedy);
  });

  it('an option that is not known is told in the words of the parser', () => {
    const usage = new CommanderError(1, 'commander.unknownOption', "error: unknown option '--colour'");
    expect(report(usage)).toMatchObject({ code: EXIT.input, err: "squados: unknown option '--colour'\n" });
  });
});

describe('anything else', () => {
  it('is a bug of ours: exit code 1 and where it happened', () => {
    const { code, err } = report(new TypeError('x is undefined'));
    expect(code).toBe(EXIT.bug);
    expect(err).toMatch(/^squados: this is a bug in squados: x is undefined\n/);
    expect(err).toContain('report-error.unit.spec');
  });
});
