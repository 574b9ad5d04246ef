// Every process that this harness has started and that has not ended: killed when the harness is told to stop.
const living = new Set();

/** Remembers a child until it has ended. */
export const keep = (child) => {
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
};

/** On SIGINT and SIGTERM: ends what was started, then what the caller wants, then itself. */
export const stopWhenTold = (last) => {
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      for (const child of living) child.kill('SIGKILL');
      last();
      process.exit(130);
    });
};
