import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** Servers to test on: the one that a plain Debian brings, and the pinned newest. `program` undefined: not here. */
export interface NatsCandidate {
  readonly name: string;
  readonly program: string | undefined;
}

const checkout = join(import.meta.dirname, '../../../..');

/** What `squados setup nats` installed, by program; read without the toolchains' library, which is another layer's. */
const installed = (): Readonly<Record<string, string>> => {
  const root = process.env['SQUADOS_TOOLCHAINS'] || join(checkout, '.squados-toolchains');
  const folders = existsSync(root) ? readdirSync(root).filter((name) => name.startsWith('nats-')) : [];
  const records = folders.map((name) => join(root, name, 'toolchain.json')).filter((file) => existsSync(file));
  const [record] = records.map(
    (file) => JSON.parse(readFileSync(file, 'utf8')) as { programs: Record<string, string> },
  );
  return record?.programs ?? {};
};

/** `NATS_SERVER_BIN` names one server to test on instead. */
export const findNatsServers = (): readonly NatsCandidate[] => {
  const named = process.env['NATS_SERVER_BIN'];
  if (named) return [{ name: 'the nats-server of NATS_SERVER_BIN', program: named }];
  const programs = installed();
  return [
    { name: 'the nats-server of the system', program: programs['nats-server-system'] },
    { name: 'the pinned nats-server', program: programs['nats-server'] },
  ];
};

/** The server for specs that need only one: the oldest that is here. */
export const anyNatsServer = (): string | undefined => findNatsServers().find(({ program }) => program)?.program;

/** Put into the title of what is skipped for want of a server. */
export const WITHOUT_NATS = ' (skipped: not here; squados setup nats fetches it)';
