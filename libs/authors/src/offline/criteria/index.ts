export { criterionLine, criterionNote, type Claim } from './criterion-line.js';
export { DERIVED, KNOWN, knownCriterion, type KnownCriterion } from './known-criteria.js';
export { missingFields } from './missing-fields.js';
