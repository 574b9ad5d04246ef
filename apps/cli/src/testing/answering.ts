import { PassThrough } from 'node:stream';

/** Runs something while the keyboard types an answer; `undefined` closes it, as Ctrl-D does. What was asked is kept. */
export const answering = async <T>(
  answer: string | undefined,
  use: () => Promise<T>,
): Promise<{ readonly value: T; readonly asked: string }> => {
  const before = { stdin: process.stdin, stderr: process.stderr };
  const keyboard = new PassThrough();
  const screen = new PassThrough();
  Object.defineProperty(process, 'stdin', { value: keyboard, configurable: true });
  Object.defineProperty(process, 'stderr', { value: screen, configurable: true });
  keyboard.end(answer === undefined ? '' : `${answer}\n`);
  try {
    const value = await use();
    return { value, asked: String(screen.read() ?? '') };
  } finally {
    Object.defineProperty(process, 'stdin', { value: before.stdin, configurable: true });
    Object.defineProperty(process, 'stderr', { value: before.stderr, configurable: true });
  }
};
