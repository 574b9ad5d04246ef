import { Module, type DynamicModule } from '@nestjs/common';
import { ArtifactController } from './http/artifact.controller.js';
import { BoardController } from './http/board.controller.js';
import { CommandController } from './http/command.controller.js';
import { FeedController } from './http/feed.controller.js';
import type { GatewayCore } from './http/gateway-core.js';
import { IntakeController } from './http/intake.controller.js';
import { GATEWAY } from './http/tokens.js';

@Module({})
export class GatewayModule {
  static register(core: GatewayCore): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [FeedController, BoardController, ArtifactController, CommandController, IntakeController],
      providers: [{ provide: GATEWAY, useValue: core }],
    };
  }
}
