import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { Intake, IntakeBytes } from '../gateway-source.port.js';
import type { IntakePreview } from '../wire/index.js';
import type { GatewayCore } from './gateway-core.js';
import { GatewayProblem } from './gateway-problem.js';
import { GATEWAY } from './tokens.js';

const MOST_FILES = 20;
const LONGEST_NAME = 255;

/** Start: documents are read and shown first, then begun by the name of what was shown. */
@Controller('api/intake')
export class IntakeController {
  constructor(@Inject(GATEWAY) private readonly core: GatewayCore) {}

  @Post('preview')
  @HttpCode(200)
  async preview(@Body() body: unknown): Promise<IntakePreview> {
    const intake = this.#intake();
    return this.core.previews.keep(await intake.preview(filesOf(body)));
  }

  @Post('begin')
  @HttpCode(200)
  async begin(@Body() body: unknown): Promise<{ readonly begun: true }> {
    const { preview } = (body ?? {}) as { readonly preview?: unknown };
    const intended = typeof preview === 'string' ? this.core.previews.take(preview) : undefined;
    if (intended === undefined) throw forgotten();
    await intended.begin();
    return { begun: true };
  }

  #intake(): Intake {
    const { intake } = this.core.source;
    if (intake !== undefined) return intake;
    throw new GatewayProblem({
      status: 409,
      code: 'no-intake',
      title: 'no document can be taken here: the folder belongs to another process',
      remedy: ['run it from the command line: squados run <file>'],
    });
  }
}

const forgotten = (): GatewayProblem =>
  new GatewayProblem({
    status: 409,
    code: 'stale-preview',
    title: 'this preview is not kept any more',
    remedy: ['drop the document again'],
  });

const filesOf = (body: unknown): readonly IntakeBytes[] => {
  const { files } = (body ?? {}) as { readonly files?: unknown };
  if (!Array.isArray(files) || files.length === 0 || files.length > MOST_FILES) throw noFiles();
  return files.map(fileOf);
};

const fileOf = (value: unknown): IntakeBytes => {
  const { name, base64 } = (value ?? {}) as { readonly name?: unknown; readonly base64?: unknown };
  if (typeof name !== 'string' || typeof base64 !== 'string') throw noFiles();
  return { name: plainName(name), bytes: Buffer.from(base64, 'base64') };
};

/** What cards and the log will name: no folders, no control characters. */
const plainName = (name: string): string => {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const plain = base.replace(/\p{C}/gu, '').trim().slice(0, LONGEST_NAME);
  return plain === '' || /^\.+$/.test(plain) ? 'document' : plain;
};

const noFiles = (): GatewayProblem =>
  new GatewayProblem({
    status: 400,
    code: 'invalid',
    title: `no document was sent: give 1 to ${MOST_FILES} files with name and base64`,
  });
