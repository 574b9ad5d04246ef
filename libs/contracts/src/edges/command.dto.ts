import type { Command } from '../commands.js';
import { LIMITS } from '../limits.js';
import { BudgetScopeDto } from './budget.dto.js';
import { ActorDto, CardSpecDto, ProjectSourceDto, RunPolicyDto } from './card.dto.js';
import { Many, Must, One, Optional, type Constructor } from './decorators.js';
import { agent, filled, flag, id, listOf, oneOf, sha256Hex, whole } from './rules.js';

class CommandDto {
  @Must(filled(LIMITS.line)) readonly type!: string;
  @Must(id) readonly project!: string;
}

class ReasonedDto extends CommandDto {
  @One(ActorDto) readonly by!: ActorDto;
  @Must(filled(LIMITS.text)) readonly reason!: string;
}

class CardCommandDto extends ReasonedDto {
  @Must(id) readonly card!: string;
}

class StartProjectDto extends CommandDto {
  @Must(filled(LIMITS.title)) readonly title!: string;
  @Must(listOf(agent, { max: 50, unique: true })) readonly agents!: readonly string[];
  @One(RunPolicyDto) readonly policy!: RunPolicyDto;
  @Optional() @One(ProjectSourceDto) readonly source?: ProjectSourceDto;
}

class AddCardsDto extends CommandDto {
  @Many(CardSpecDto, LIMITS.cards) readonly cards!: readonly CardSpecDto[];
  @One(ActorDto) readonly by!: ActorDto;
  @Must(oneOf(['import', 'person'])) readonly kind!: string;
}

class ChangeCardDto extends ReasonedDto {
  @One(CardSpecDto) readonly spec!: CardSpecDto;
}

class PauseProjectDto extends ReasonedDto {
  @Must(flag) readonly now!: boolean;
}

class RollBackDto extends CardCommandDto {
  @Optional() @Must(listOf(id, { max: LIMITS.cards, unique: true })) readonly shown?: readonly string[];
}

class WaiveGateDto extends CardCommandDto {
  @Must(whole(1)) readonly attempt!: number;
  @Must(filled(LIMITS.line)) readonly gate!: string;
}

class SetBudgetDto extends ReasonedDto {
  @One(BudgetScopeDto) readonly scope!: BudgetScopeDto;
  @Optional() @Must(whole(0)) readonly nanoUsd?: number;
  @Optional() @Must(whole(0)) readonly tokens?: number;
  @Optional() @Must(whole(0)) readonly perAttempt?: number;
}

class ApproveCardDto extends CardCommandDto {
  @Must(whole(1)) readonly attempt!: number;
  @Must(filled(LIMITS.line)) readonly role!: string;
  @Must(oneOf(['approved', 'refused'])) readonly decision!: string;
  @Must(sha256Hex) readonly manifestHash!: string;
}

export const COMMAND_DTOS: { readonly [T in Command['type']]: Constructor } = {
  StartProject: StartProjectDto,
  AddCards: AddCardsDto,
  ChangeCard: ChangeCardDto,
  PauseProject: PauseProjectDto,
  ResumeProject: ReasonedDto,
  StopProject: ReasonedDto,
  SkipCard: CardCommandDto,
  RetryCard: CardCommandDto,
  RollBack: RollBackDto,
  WaiveGate: WaiveGateDto,
  ApproveCard: ApproveCardDto,
  SetBudget: SetBudgetDto,
};
