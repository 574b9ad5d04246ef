import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  ArrayUnique,
  Equals,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';

/** `As a …, I want …, so that …` or `Como …, quero …, para (que) …`; other words for wanting count too. */
export const USER_STORY =
  /^(?:As an? [^\n]{1,200}?, I (?:want|need|would like)\b[^\n]{2,}?,?\s(?:so that|in order to)\s[^\n]{3,}|Como [^\n]{1,200}?, (?:eu )?(?:quero|preciso|gostaria|desejo)\b[^\n]{2,}?,?\s(?:para|a fim de)\s[^\n]{3,})$/i;

export const EFFORTS = ['S', 'M', 'L', 'XL'] as const;
export const MOSCOW = ['must', 'should', 'could', 'wont'] as const;
export const PRIORITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export const LEAST_CRITERIA = 3;

export class BacklogCardDto {
  @IsString() @IsNotEmpty() card_id!: string;
  @IsString() @IsNotEmpty() title!: string;
  @IsString() @IsNotEmpty() type!: string;
  @Matches(USER_STORY, {
    message: 'user_story must read "As a …, I want …, so that …" or "Como …, quero …, para que …"',
  })
  user_story!: string;
  @IsArray()
  @ArrayMinSize(LEAST_CRITERIA)
  @ArrayUnique()
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  acceptance_criteria!: string[];
  @IsIn(EFFORTS) effort_estimate!: string;
  @IsString() @IsNotEmpty() business_value!: string;
  @IsIn(MOSCOW) moscow!: string;
  @IsIn(PRIORITIES) priority!: string;
  @IsArray() @ArrayMinSize(1) @IsString({ each: true }) requirement_ids!: string[];
  @IsArray() @ArrayUnique() @IsString({ each: true }) dependencies!: string[];
}

export class BacklogRequirementDto {
  @IsString() @IsNotEmpty() id!: string;
  @IsString() @IsNotEmpty() title!: string;
  @IsIn(MOSCOW) moscow!: string;
  @IsIn(PRIORITIES) priority!: string;
  @IsArray() @IsString({ each: true }) cards!: string[];
}

/** `produto/backlog_produto_completo.json`, version 1. */
export class ProductBacklogDto {
  @Equals(1) version!: number;
  @IsString() @IsNotEmpty() product!: string;
  @IsIn(['pt', 'en']) language!: string;
  @IsString() @IsNotEmpty() effort_rule!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => BacklogRequirementDto)
  requirements!: BacklogRequirementDto[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => BacklogCardDto) cards!: BacklogCardDto[];
}
