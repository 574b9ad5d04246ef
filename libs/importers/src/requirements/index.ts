export * from './requirement.js';
export { parseRequirements, type RequirementsInput } from './parse-requirements.js';
export { EPIC_CRITERIA } from './epic-criteria.js';
export { MAX_DOCUMENT_BYTES } from './decode-document.js';
export { documentLines, type DocumentLine } from './document-lines.js';
export { isCriteriaLabel } from './criteria.js';
export { detectLanguage } from './language.js';
export { mentionedKeys } from './requirement-id.js';
export { contentWords, fold, plain } from './words.js';
