import { randomInt } from 'node:crypto';
import { readKernelFile } from './host.js';

interface UidRange {
  readonly from: number;
  readonly to: number;
}

/** Above every id that distributions, systemd and subordinate ranges (up to 2^31) hand out by default. */
const WIDE: UidRange = { from: 0x7000_0000, to: 0x7fff_0000 };
/** Between people's accounts and what systemd gives to its own; for containers that map 65,536 ids. */
const NARROW: UidRange = { from: 30_000, to: 60_000 };

const mappedUpTo = (uidMap: string): number => {
  const ends = uidMap
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([inside = 0, , count = 0]) => inside + count);
  return Math.max(0, ...ends);
};

/** The range that runs take their user from; undefined: this process has no ids to give away. */
export const uidRange = (uidMap: string): UidRange | undefined => {
  const end = mappedUpTo(uidMap);
  return [WIDE, NARROW].find((range) => end >= range.to);
};

/** A user that nobody is: no two runs at a time share one, so that killing and counting by user hits one run. */
export const drawUid = (): number | undefined => {
  const range = uidRange(readKernelFile('/proc/self/uid_map'));
  return range === undefined ? undefined : randomInt(range.from, range.to);
};
