import type { EntityView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { indent, type Part } from '../text/lines.js';

export const path = (e: EntityView): string => `\`/${e.resource}/\${a${e.type}.id}\``;

export const test = (title: string, body: Part): Part => [`it(${quoted(title)}, async () => {`, indent(body), '});'];
export const show = (at: string): string => `const page = await renderApp({ server, at: ${at} });`;
export const rowAt = (e: EntityView): string => `\`#/${e.resource}/\${a${e.type}.id}\``;

export const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();
