export { checkOpenApi } from './check-openapi.js';
