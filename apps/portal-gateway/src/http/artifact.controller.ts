import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { sha256 } from '@squados/contracts';
import type { Response } from 'express';
import type { GatewayCore } from './gateway-core.js';
import { GatewayProblem } from './gateway-problem.js';
import { GATEWAY } from './tokens.js';

/** Bytes by their hash alone: no path of a request ever meets the disk. */
@Controller('api/artifacts')
export class ArtifactController {
  constructor(@Inject(GATEWAY) private readonly core: GatewayCore) {}

  /** Always as text: whatever an author wrote is never run by the browser. */
  @Get(':hash')
  async bytes(@Param('hash') hash: string, @Res() response: Response): Promise<void> {
    const bytes = await this.#read(hash);
    response
      .set('cache-control', 'private, max-age=31536000, immutable')
      .set('content-disposition', `inline; filename="${hash.slice(0, 16)}.txt"`)
      .type('text/plain; charset=utf-8')
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  async #read(hash: string): Promise<Uint8Array> {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw unknownArtifact();
    try {
      return await this.core.source.artifacts.get(sha256(hash));
    } catch (error) {
      if ((error as { code?: string }).code === 'missing') throw unknownArtifact();
      throw error;
    }
  }
}

const unknownArtifact = (): GatewayProblem =>
  new GatewayProblem({
    status: 404,
    code: 'missing',
    title: 'there is no artifact of this hash',
    remedy: ['reload the card: it may have been made again'],
  });
