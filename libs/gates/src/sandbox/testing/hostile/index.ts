import { EXHAUSTION } from './exhaustion.js';
import type { Hostile } from './hostile.js';
import { OUTSIDE } from './outside.js';
import { PRIVILEGE } from './privilege.js';
import { SURVIVAL } from './survival.js';

export type { Hostile, Prey } from './hostile.js';
export { attack, type Attack } from './attack.js';
export { layPrey, type LaidPrey } from './lay-prey.js';

export const HOSTILE: readonly Hostile[] = [...OUTSIDE, ...PRIVILEGE, ...EXHAUSTION, ...SURVIVAL];
