export * from './requirement.js';
export { parseRequirements, type RequirementsInput } from './parse-requirements.js';
export { MAX_DOCUMENT_BYTES } from './decode-document.js';
export { contentWords } from './words.js';
