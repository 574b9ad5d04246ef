export { runSupervisor } from './serve-supervisor.js';
