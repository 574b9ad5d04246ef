import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { GatewayCore } from './gateway-core.js';
import { GatewayProblem } from './gateway-problem.js';
import { GATEWAY } from './tokens.js';

/** The feed as server-sent events; a token in the header (a browser's own) or in `after` resumes it. */
@Controller('api/feed')
export class FeedController {
  constructor(@Inject(GATEWAY) private readonly core: GatewayCore) {}

  @Get()
  async feed(
    @Res() response: Response,
    @Headers('last-event-id') last: string | undefined,
    @Query('after') after: string | undefined,
  ): Promise<void> {
    if (this.core.clients.isFull) throw full();
    await this.core.clients.serve(response, last ?? (typeof after === 'string' ? after : undefined));
  }
}

const full = (): GatewayProblem =>
  new GatewayProblem({
    status: 503,
    code: 'too-many-clients',
    title: 'too many pages look at this project',
    remedy: ['close some of them'],
  });
