import { PRIORITIES } from '../card.js';
import { LIMITS } from '../limits.js';
import { Many, Must, One, Optional } from './decorators.js';
import { agent, extra, filled, id, listOf, oneOf, sha256Hex, text, whole } from './rules.js';

export class ActorDto {
  @Must(oneOf(['person', 'policy', 'system'])) readonly kind!: string;
  @Must(filled(LIMITS.line)) readonly name!: string;
}

export class AttachmentDto {
  @Must(filled(LIMITS.line)) readonly name!: string;
  @Must(sha256Hex) readonly sha256!: string;
  @Must(whole(0)) readonly bytes!: number;
  @Optional() @Must(text(LIMITS.line)) readonly mediaType?: string;
}

export class SourceRefDto {
  @Must(filled(LIMITS.line)) readonly document!: string;
  @Must(whole(1)) readonly fromLine!: number;
  @Must(whole(1)) readonly toLine!: number;
}

const texts = listOf(text(LIMITS.text), { max: LIMITS.items });

/** Mirror of `CardSpec`, with its limits. */
export class CardSpecDto {
  @Must(id) readonly id!: string;
  @Must(filled(LIMITS.title)) readonly title!: string;
  @Must(text(LIMITS.description)) readonly description!: string;
  @Must(agent) readonly agent!: string;
  @Optional() @Must(text(LIMITS.line)) readonly type?: string;
  @Must(oneOf(PRIORITIES)) readonly priority!: string;
  @Must(listOf(id, { max: LIMITS.dependencies, unique: true })) readonly dependencies!: readonly string[];
  @Must(texts) readonly acceptanceCriteria!: readonly string[];
  @Must(texts) readonly requirementIds!: readonly string[];
  @Must(texts) readonly deliverables!: readonly string[];
  @Optional() @Must(text(LIMITS.line)) readonly effort?: string;
  @Optional() @Must(text(LIMITS.text)) readonly userStory?: string;
  @Optional() @Must(text(LIMITS.text)) readonly businessValue?: string;
  @Optional() @Must(id) readonly parent?: string;
  @Optional() @Many(AttachmentDto, LIMITS.items) readonly attachments?: readonly AttachmentDto[];
  @Optional() @One(SourceRefDto) readonly source?: SourceRefDto;
  @Optional() @Must(oneOf(['pt', 'en'])) readonly language?: string;
  @Optional() @Must(extra) readonly extra?: Readonly<Record<string, unknown>>;
  @Optional() @Must(oneOf(['done', 'skipped'])) readonly importedAs?: string;
}

class ApprovalRuleDto {
  @Must(oneOf(['staging', 'production'])) readonly target!: string;
  @Must(listOf(filled(LIMITS.line), { max: 20, unique: true })) readonly roles!: readonly string[];
}

export class RunPolicyDto {
  @Must(whole(0, 100)) readonly maxRetries!: number;
  @Must(whole(0)) readonly retryBaseMs!: number;
  @Must(whole(0)) readonly retryCapMs!: number;
  @Must(whole(1)) readonly attemptDeadlineMs!: number;
  @Must(oneOf(['quick', 'full'])) readonly gateProfile!: string;
  @Optional() @Must(filled(LIMITS.line)) readonly waiveRefer?: string;
  @Optional() @Must(oneOf(['python', 'go'])) readonly backend?: string;
  @Optional() @Many(ApprovalRuleDto, 10) readonly approvals?: readonly ApprovalRuleDto[];
  @Must(whole(1, 100)) readonly maxDeliveries!: number;
}

export class SourceDocumentDto {
  @Must(filled(LIMITS.line)) readonly name!: string;
  @Must(sha256Hex) readonly sha256!: string;
}

export class ProjectSourceDto {
  @Must(oneOf(['requirements', 'backlog'])) readonly kind!: string;
  @Many(SourceDocumentDto, LIMITS.items) readonly documents!: readonly SourceDocumentDto[];
  @Optional() @Must(extra) readonly extra?: Readonly<Record<string, unknown>>;
}
