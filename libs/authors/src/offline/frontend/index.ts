export { createFrontendRole } from './create-frontend-role.js';
