import { LIMITS } from '../limits.js';
import { Many, Must, One, Optional } from './decorators.js';
import { amount, filled, flag, oneOf, recordOf, sha256Hex, text, whole } from './rules.js';

class FindingDto {
  @Optional() @Must(text(LIMITS.line)) readonly path?: string;
  @Optional() @Must(whole(0)) readonly line?: number;
  @Optional() @Must(text(LIMITS.line)) readonly rule?: string;
  @Must(oneOf(['error', 'warning'])) readonly severity!: string;
  @Must(text(LIMITS.text)) readonly message!: string;
}

class IsolationDto {
  @Must(oneOf([0, 1, 2])) readonly level!: number;
  @Must(text(LIMITS.line)) readonly by!: string;
}

/** Mirror of `Verdict`. */
export class VerdictDto {
  @Must(filled(LIMITS.line)) readonly gate!: string;
  @Must(oneOf(['quick', 'full'])) readonly profile!: string;
  @Must(oneOf(['pass', 'fail', 'refer'])) readonly outcome!: string;
  @Must(flag) readonly required!: boolean;
  @Must(text(LIMITS.text)) readonly command!: string;
  @Optional() @Must(whole(Number.MIN_SAFE_INTEGER)) readonly exitCode?: number;
  @Must(amount) readonly durationMs!: number;
  @Must(text(LIMITS.text)) readonly summary!: string;
  @Optional() @Must(text(4_000)) readonly excerpt?: string;
  @Optional() @Many(FindingDto, 50) readonly findings?: readonly FindingDto[];
  @One(IsolationDto) readonly isolation!: IsolationDto;
  @Optional() @Must(recordOf(sha256Hex)) readonly inputs?: Readonly<Record<string, string>>;
}
