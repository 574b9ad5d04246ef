import { ARCHITECTURE } from './architecture.js';
import type { Defect } from './defect.js';
import { FRONTEND } from './frontend.js';
import { GO } from './go.js';
import { INFRASTRUCTURE } from './infrastructure.js';
import { PRODUCT } from './product.js';
import { PYTHON } from './python.js';

export const DEFECTS: readonly Defect[] = [
  ...PRODUCT,
  ...ARCHITECTURE,
  ...PYTHON,
  ...GO,
  ...FRONTEND,
  ...INFRASTRUCTURE,
];
