interface MarkProps {
  readonly outcome: 'pass' | 'fail' | 'refer' | 'open';
  /** Said to those who don't see it; absent: words beside it say the same. */
  readonly label?: string;
}

/** Drawn, not written: a system's fonts need not have the signs. */
const PATHS: Readonly<Record<MarkProps['outcome'], string>> = {
  pass: 'M3.5 8.5l3 3 6-7',
  fail: 'M4 4l8 8M12 4l-8 8',
  refer: 'M5.6 6a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1 .8-1 1.6M8 12.4v.1',
  open: 'M4.5 8h7',
};

export const OutcomeMark = ({ outcome, label }: MarkProps) => (
  <svg
    className="mark"
    viewBox="0 0 16 16"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    <path d={PATHS[outcome]} />
  </svg>
);
