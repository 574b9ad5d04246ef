export * from './builders.js';
export { LaneSim } from './lane-sim.js';
export { Scenario, types } from './scenario.js';
