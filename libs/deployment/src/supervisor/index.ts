export { serveSupervisor, PLAN_FILE } from './serve-supervisor.js';
