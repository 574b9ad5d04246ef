import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A way to a server of this machine that holds up what the client says at first. */
export class SlowWay {
  connections = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
    private readonly holdMs: readonly number[],
  ) {
    server.on('connection', (near) => void this.carry(near));
  }

  /** @param holdMs for each connection in turn how long the client is not heard; those after the last pass freely */
  static async to(target: number, holdMs: readonly number[]): Promise<SlowWay> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new SlowWay(server, target, holdMs);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private async carry(near: Socket): Promise<void> {
    const held = this.holdMs[this.connections++] ?? 0;
    const far = connect(this.target, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    }
    far.pipe(near);
    await delay(held);
    near.pipe(far);
  }
}
