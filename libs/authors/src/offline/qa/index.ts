export { createQaRole, type QaRoleOptions } from './create-qa-role.js';
