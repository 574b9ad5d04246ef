import { Controller, Get, Inject, Param } from '@nestjs/common';
import { readTexts } from '@squados/artifacts';
import { cardId } from '@squados/contracts';
import { cardPage, noteHashes, projectArtifacts, reachPage } from '../model/card-page.js';
import type { ArtifactEntry, BoardPatch, CardPage, ReachPage } from '../wire/index.js';
import { requireFound, requireProject, type GatewayCore } from './gateway-core.js';
import { GATEWAY } from './tokens.js';

/** The present, for those who only ask; the page itself lives on the feed. */
@Controller('api')
export class BoardController {
  constructor(@Inject(GATEWAY) private readonly core: GatewayCore) {}

  @Get('board')
  board(): BoardPatch {
    const { position, project, rows } = this.core.model.look();
    return { position, ...(project === undefined ? {} : { project }), rows };
  }

  @Get('cards/:id')
  async card(@Param('id') id: string): Promise<CardPage> {
    const { fold, artifacts } = this.core.source;
    const at = requireProject(this.core);
    const notes = await readTexts(artifacts, noteHashes(at, cardId(id)));
    return requireFound(cardPage(fold, { at, id: cardId(id), notes }), id);
  }

  @Get('cards/:id/reach')
  reach(@Param('id') id: string): ReachPage {
    return requireFound(reachPage(this.core.source.fold, requireProject(this.core), cardId(id)), id);
  }

  @Get('artifacts')
  artifacts(): readonly ArtifactEntry[] {
    return projectArtifacts(requireProject(this.core));
  }
}
