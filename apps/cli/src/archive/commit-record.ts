import { position, type Lane } from '@squados/contracts';
import type { RawCommit } from '@squados/event-log';

/** Commits as one run of bytes: for each a line with place, lane and length, then its bytes and a line break. */
export const packCommits = (commits: readonly RawCommit[]): Buffer =>
  Buffer.concat(
    commits.flatMap(({ position: at, lane, body }) => [
      Buffer.from(`${at} ${lane} ${body.byteLength}\n`),
      body,
      Buffer.from('\n'),
    ]),
  );

const HEAD = /^(\d{1,16}) (squad\.\S+) (\d{1,8})$/;

/** Undefined for bytes that nobody packed. */
export const unpackCommits = (bytes: Buffer): readonly RawCommit[] | undefined => {
  const commits: RawCommit[] = [];
  for (let at = 0; at < bytes.length;) {
    const line = bytes.indexOf(10, at);
    const [, place, lane, length] = HEAD.exec(bytes.toString('latin1', at, line < 0 ? at : line)) ?? [];
    const end = line + 1 + Number(length);
    if (place === undefined || lane === undefined || bytes[end] !== 10) return undefined;
    commits.push({ position: position(Number(place)), lane: lane as Lane, body: bytes.subarray(line + 1, end) });
    at = end + 1;
  }
  return commits;
};
