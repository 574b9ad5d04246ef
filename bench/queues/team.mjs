// The processes of one side, told phase by phase; each answers when the phase is over for it.
import { fork } from 'node:child_process';
import { keep } from './living.mjs';

const PATIENCE_MS = 330_000;
const STOP_MS = 10_000;
const STDIO = ['ignore', 'ignore', 'inherit', 'ipc'];

class Member {
  constructor(name, file, settings, flags) {
    this.name = name;
    this.child = keep(fork(file, [JSON.stringify(settings)], { execArgv: flags, stdio: STDIO }));
    this.waiting = new Map();
    this.child.on('message', (answer) => this.answered(answer));
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    void this.ended.then(() => this.failAll(`${this.name} ended`));
  }

  /** Resolves with the answer to a phase. */
  answer(phase) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`${this.name}: ${phase} took over ${PATIENCE_MS} ms`)),
        PATIENCE_MS,
      );
      const settled = (settle) => (value) => {
        clearTimeout(late);
        settle(value);
      };
      this.waiting.set(phase, { resolve: settled(resolve), reject: settled(reject) });
    });
  }

  tell(phase, data) {
    const answer = this.answer(phase);
    this.child.send({ phase, data });
    return answer;
  }

  async stop() {
    const stopped = this.tell('stop').catch(() => undefined);
    const late = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref());
    await Promise.race([stopped.then(() => this.ended), late]);
    this.kill();
  }

  kill() {
    if (this.child.exitCode === null) this.child.kill('SIGKILL');
  }

  answered(answer) {
    if (answer.phase === 'failed') this.failAll(`${this.name}: ${answer.message}`);
    this.waiting.get(answer.phase)?.resolve(answer);
    this.waiting.delete(answer.phase);
  }

  failAll(message) {
    for (const { reject } of this.waiting.values()) reject(new Error(message));
    this.waiting.clear();
  }
}

/** Starts processes one after the other: the first makes what the others find. */
export const gather = async (places, flags = []) => {
  const members = [];
  try {
    for (const { name, file, settings } of places) {
      const member = new Member(name, file, settings, flags);
      members.push(member);
      await member.answer('up');
    }
  } catch (error) {
    for (const member of members) member.kill();
    throw error;
  }
  return {
    /** Tells all; their answers by name. */
    tell: async (phase, data) => {
      const answers = await Promise.all(members.map((member) => member.tell(phase, data)));
      return Object.fromEntries(members.map((member, i) => [member.name, answers[i]]));
    },
    pids: members.map(({ name, child }) => ({ name, pid: child.pid })),
    stop: () => Promise.all(members.map((member) => member.stop())),
    kill: () => members.forEach((member) => member.kill()),
  };
};
