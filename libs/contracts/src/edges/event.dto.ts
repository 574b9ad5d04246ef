import type { EventType } from '../events.js';
import { CALL_PURPOSES } from '../model-calls.js';
import { BudgetScopeDto } from './budget.dto.js';
import { LIMITS, TIME_PATTERN, TRACEPARENT_PATTERN, UUID_PATTERN } from '../limits.js';
import { ActorDto, CardSpecDto, ProjectSourceDto, RunPolicyDto } from './card.dto.js';
import { Many, Must, One, Optional, type Constructor } from './decorators.js';
import {
  agent,
  amount,
  filled,
  flag,
  id,
  listOf,
  mark,
  matching,
  object,
  oneOf,
  recordOf,
  sha256Hex,
  text,
  whole,
} from './rules.js';
import { VerdictDto } from './verdict.dto.js';

/** The CloudEvents envelope; `data` is checked apart, by type. */
export class EnvelopeDto {
  @Must(oneOf(['1.0'])) readonly specversion!: string;
  @Must(matching('uuid', UUID_PATTERN, ['must be a UUID in lower case', 'draw a UUID'])) readonly id!: string;
  @Must(filled(LIMITS.line)) readonly source!: string;
  @Must(filled(LIMITS.line)) readonly type!: string;
  @Must(whole(1)) readonly version!: number;
  @Must(filled(LIMITS.line)) readonly subject!: string;
  @Must(
    matching('time', TIME_PATTERN, [
      'must be an RFC 3339 time in UTC with milliseconds',
      'write 2026-01-31T23:59:59.000Z',
    ]),
  )
  readonly time!: string;
  @Must(object) readonly data!: object;
  @Optional()
  @Must(matching('traceparent', TRACEPARENT_PATTERN, ['must be a W3C traceparent', 'leave it out']))
  readonly traceparent?: string;
  @Optional() @Must(filled(LIMITS.line)) readonly correlationid?: string;
  @Optional() @Must(filled(LIMITS.line)) readonly causationid?: string;
}

class ReasonedDto {
  @One(ActorDto) readonly by!: ActorDto;
  @Must(text(LIMITS.text)) readonly reason!: string;
}
class AttemptDto {
  @Must(whole(1)) readonly attempt!: number;
}

class ProjectStartedDto {
  @Must(filled(LIMITS.title)) readonly title!: string;
  @Must(listOf(agent, { max: 50, unique: true })) readonly agents!: readonly string[];
  @One(RunPolicyDto) readonly policy!: RunPolicyDto;
  @Optional() @One(ProjectSourceDto) readonly source?: ProjectSourceDto;
}
class ProjectPausedDto extends ReasonedDto {
  @Must(flag) readonly now!: boolean;
}
class ProjectCompletedDto {
  @Must(whole(0)) readonly done!: number;
  @Must(whole(0)) readonly skipped!: number;
}
class ProjectArchivedDto {
  @One(ActorDto) readonly by!: ActorDto;
  @Must(filled(LIMITS.line)) readonly file!: string;
  @Must(sha256Hex) readonly sha256!: string;
  @Must(whole(0)) readonly through!: number;
  @Must(whole(0)) readonly commits!: number;
  @Must(whole(0)) readonly artifacts!: number;
}
class CardsAddedDto {
  @Must(object) readonly origin!: object;
  @Many(CardSpecDto, LIMITS.cards) readonly cards!: readonly CardSpecDto[];
}
class RejectedDto {
  @Must(text(LIMITS.text)) readonly id!: string;
  @Must(listOf(text(LIMITS.text), { max: LIMITS.items })) readonly reasons!: readonly string[];
}
class CardsRejectedDto extends AttemptDto {
  @Must(id) readonly card!: string;
  @Optional() @Must(mark) readonly closing?: true;
  @Many(RejectedDto, LIMITS.cards) readonly rejected!: readonly RejectedDto[];
}
class CardChangedDto extends ReasonedDto {
  @Must(id) readonly card!: string;
  @One(CardSpecDto) readonly spec!: CardSpecDto;
}
class CardsRolledBackDto extends ReasonedDto {
  @Must(id) readonly card!: string;
  @Must(listOf(id, { max: LIMITS.cards, unique: true })) readonly reach!: readonly string[];
}
class BlameDto {
  @Must(id) readonly card!: string;
  @Must(text(LIMITS.feedback)) readonly feedback!: string;
}
class CauseDto extends AttemptDto {
  @Must(id) readonly card!: string;
}
class CardsReopenedDto {
  @One(ActorDto) readonly by!: ActorDto;
  @One(CauseDto) readonly cause!: CauseDto;
  @Many(BlameDto, LIMITS.items) readonly cards!: readonly BlameDto[];
  @Must(listOf(id, { max: LIMITS.cards, unique: true })) readonly reach!: readonly string[];
}
class InputsDto {
  @Must(whole(0)) readonly cardRevision!: number;
  @Must(text(LIMITS.id)) readonly digest!: string;
}
class SpendDto {
  @Must(whole(0)) readonly nanoUsd!: number;
  @Must(whole(0)) readonly tokens!: number;
}
class CardEnqueuedDto extends AttemptDto {
  @Must(whole(0)) readonly after!: number;
  @One(InputsDto) readonly inputs!: InputsDto;
  @Optional() @Must(text(LIMITS.feedback)) readonly feedback?: string;
  @Optional() @One(SpendDto) readonly allowance?: SpendDto;
}
class RetryScheduledDto extends AttemptDto {
  @Must(whole(1)) readonly retry!: number;
  @Must(amount) readonly notBefore!: number;
}
class CardDeadLetteredDto {
  @Must(whole(0)) readonly attempt!: number;
  @Must(
    oneOf(['terminal', 'retries-exhausted', 'same-error', 'worker-lost', 'poison', 'stopped', 'rejected', 'refused']),
  )
  readonly reason!: string;
  @Must(text(LIMITS.text)) readonly message!: string;
}
class CardEscalatedDto {
  @Must(whole(0)) readonly attempt!: number;
  @Must(text(LIMITS.line)) readonly to!: string;
  @Must(oneOf(['delivered', 'failed', 'not-configured'])) readonly outcome!: string;
  @Must(text(LIMITS.text)) readonly message!: string;
}
class GateWaivedDto extends ReasonedDto {
  @Must(whole(1)) readonly attempt!: number;
  @Must(filled(LIMITS.line)) readonly gate!: string;
}
class ApprovalRequestedDto extends AttemptDto {
  @Must(filled(LIMITS.line)) readonly gate!: string;
  @Must(filled(LIMITS.line)) readonly role!: string;
  @Must(sha256Hex) readonly manifestHash!: string;
}
class ApprovalDecidedDto extends ReasonedDto {
  @Must(whole(1)) readonly attempt!: number;
  @Must(filled(LIMITS.line)) readonly role!: string;
  @Must(oneOf(['approved', 'refused'])) readonly decision!: string;
  @Must(sha256Hex) readonly manifestHash!: string;
}
class UsageDto {
  @Must(whole(0)) readonly input!: number;
  @Must(whole(0)) readonly output!: number;
  @Must(whole(0)) readonly cacheRead!: number;
  @Must(whole(0)) readonly cacheWrite5m!: number;
  @Must(whole(0)) readonly cacheWrite1h!: number;
}
class ModelCallDto extends AttemptDto {
  @Must(whole(1)) readonly call!: number;
  @Must(oneOf(CALL_PURPOSES)) readonly purpose!: string;
  @Must(filled(LIMITS.line)) readonly model!: string;
  @Must(sha256Hex) readonly request!: string;
}
class ModelCallBegunDto extends ModelCallDto {
  @One(SpendDto) readonly reserved!: SpendDto;
}
class ModelCalledDto extends ModelCallDto {
  @Must(oneOf(['answered', 'recorded', 'failed'])) readonly outcome!: string;
  @Optional() @Must(sha256Hex) readonly response?: string;
  @Optional() @Must(filled(LIMITS.line)) readonly stopReason?: string;
  @One(UsageDto) readonly usage!: UsageDto;
  @Must(whole(0)) readonly nanoUsd!: number;
  @Optional() @Must(mark) readonly estimated?: true;
  @Must(amount) readonly durationMs!: number;
  @Optional() @Must(filled(LIMITS.line)) readonly code?: string;
  @Optional() @Must(text(LIMITS.text)) readonly message?: string;
}
class BudgetReservedDto extends AttemptDto {
  @Must(id) readonly card!: string;
  @One(SpendDto) readonly allowance!: SpendDto;
}
class BudgetExceededDto {
  @One(BudgetScopeDto) readonly scope!: BudgetScopeDto;
  @Must(oneOf(['warned', 'stopped'])) readonly level!: string;
  @One(SpendDto) readonly spent!: SpendDto;
  @Must(text(LIMITS.text)) readonly message!: string;
}
class BudgetSetDto extends ReasonedDto {
  @One(BudgetScopeDto) readonly scope!: BudgetScopeDto;
  @Optional() @Must(whole(0)) readonly nanoUsd?: number;
  @Optional() @Must(whole(0)) readonly tokens?: number;
  @Optional() @Must(whole(0)) readonly perAttempt?: number;
}
class CardStartedDto extends AttemptDto {
  @Must(whole(1)) readonly delivery!: number;
  @Must(text(LIMITS.line)) readonly worker!: string;
}
class CardSteppedDto extends AttemptDto {
  @Must(oneOf(['executing', 'verifying', 'evaluating'])) readonly step!: string;
  @Optional() @Must(text(LIMITS.text)) readonly note?: string;
}
class VerdictRecordedDto extends AttemptDto {
  @One(VerdictDto) readonly verdict!: VerdictDto;
}
class ProposalDto {
  @One(CardSpecDto) readonly card!: CardSpecDto;
  @Optional() @Must(mark) readonly closing?: true;
}
class CardCompletedDto extends AttemptDto {
  @Must(filled(LIMITS.line)) readonly author!: string;
  @Must(recordOf(sha256Hex)) readonly manifest!: Readonly<Record<string, string>>;
  @Must(sha256Hex) readonly manifestHash!: string;
  @Many(ProposalDto, LIMITS.cards) readonly proposals!: readonly ProposalDto[];
  @Optional()
  @Must(recordOf({ ...amount, holds: (v) => typeof v === 'number' && Number.isFinite(v) }))
  readonly metrics?: Readonly<Record<string, number>>;
  @Optional() @Must(listOf(text(LIMITS.text), { max: LIMITS.items })) readonly assumptions?: readonly string[];
}
class CardFailedDto extends AttemptDto {
  @Must(oneOf(['retryable', 'terminal'])) readonly kind!: string;
  @Must(filled(LIMITS.line)) readonly code!: string;
  @Must(text(LIMITS.text)) readonly message!: string;
  @Optional() @Must(text(LIMITS.line)) readonly place?: string;
  @Optional() @Must(text(LIMITS.text)) readonly excerpt?: string;
  @Optional() @Many(BlameDto, LIMITS.items) readonly blames?: readonly BlameDto[];
}
class CardReleasedDto extends AttemptDto {
  @Must(filled(LIMITS.line)) readonly reason!: string;
  @Optional() @Must(amount) readonly notBefore?: number;
  @One(ActorDto) readonly by!: ActorDto;
}

export class PeopleOriginDto {
  @Must(oneOf(['import', 'person'])) readonly kind!: string;
  @One(ActorDto) readonly by!: ActorDto;
}
export class ProposalOriginDto extends AttemptDto {
  @Must(oneOf(['proposal'])) readonly kind!: string;
  @Must(id) readonly card!: string;
  @Optional() @Must(mark) readonly closing?: true;
}

export const EVENT_DTOS: { readonly [T in EventType]: Constructor } = {
  ProjectStarted: ProjectStartedDto,
  ProjectPaused: ProjectPausedDto,
  ProjectResumed: ReasonedDto,
  ProjectStopped: ReasonedDto,
  ProjectCompleted: ProjectCompletedDto,
  ProjectArchived: ProjectArchivedDto,
  CardsAdded: CardsAddedDto,
  CardsRejected: CardsRejectedDto,
  CardChanged: CardChangedDto,
  CardsRolledBack: CardsRolledBackDto,
  CardsReopened: CardsReopenedDto,
  BudgetSet: BudgetSetDto,
  BudgetReserved: BudgetReservedDto,
  BudgetExceeded: BudgetExceededDto,
  CardEnqueued: CardEnqueuedDto,
  RetryScheduled: RetryScheduledDto,
  CardDeadLettered: CardDeadLetteredDto,
  CardEscalated: CardEscalatedDto,
  CardSkipped: ReasonedDto,
  CardRetried: ReasonedDto,
  GateWaived: GateWaivedDto,
  ApprovalRequested: ApprovalRequestedDto,
  ApprovalDecided: ApprovalDecidedDto,
  CardStarted: CardStartedDto,
  CardStepped: CardSteppedDto,
  ModelCallBegun: ModelCallBegunDto,
  ModelCalled: ModelCalledDto,
  VerdictRecorded: VerdictRecordedDto,
  CardCompleted: CardCompletedDto,
  CardFailed: CardFailedDto,
  CardReleased: CardReleasedDto,
};
