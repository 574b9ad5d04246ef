/**
 * The way of one process to the server, which can be cut. Owns: a listening port, the connections through it. Doesn't own: either end.
 *
 * Invariants:
 * 1. `cut` ends what is connected, and lets nobody in until `mend`.
 * 2. `hang` keeps connections open and carries nothing, in either direction, until `mend`; nothing that was sent meanwhile is lost.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

type State = 'whole' | 'cut' | 'hanging';

export class BreakableLink {
  private state: State = 'whole';
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (socket) => this.connected(socket));
  }

  static async to(target: number): Promise<BreakableLink> {
    const server = createServer({ allowHalfOpen: false }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new BreakableLink(server, target);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  cut(): void {
    this.state = 'cut';
    for (const socket of this.sockets) socket.destroy();
  }

  hang(): void {
    this.state = 'hanging';
    for (const socket of this.sockets) socket.pause();
  }

  mend(): void {
    this.state = 'whole';
    for (const socket of this.sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private connected(near: Socket): void {
    if (this.state === 'cut') return void near.destroy();
    const far = connect(this.target, '127.0.0.1');
    this.carry(near, far);
    this.carry(far, near);
  }

  private carry(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.setNoDelay(true);
    if (this.state === 'hanging') from.pause();
    from.on('data', (chunk: Buffer) => this.pass(from, to, chunk));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }

  /** What the other end cannot take yet holds up this one. */
  private pass(from: Socket, to: Socket, chunk: Buffer): void {
    if (to.write(chunk)) return;
    from.pause();
    to.once('drain', () => {
      if (this.state === 'whole') from.resume();
    });
  }
}
