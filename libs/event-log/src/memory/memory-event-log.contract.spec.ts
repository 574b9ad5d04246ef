import { describeEventLogContract, describeWorkClaimContract } from '../testing/index.js';
import { openMemoryLog } from './open-memory-log.js';

describeEventLogContract('the memory log', async () => {
  const { log } = openMemoryLog();
  return { log, plant: async (lane, bytes) => log.plant(lane, bytes), dispose: () => log.close() };
});

describeWorkClaimContract('the memory claims', async () => {
  const { log, claims } = openMemoryLog();
  return {
    log,
    claims,
    plant: async (lane, bytes) => log.plant(lane, bytes),
    dispose: async () => {
      await claims.close();
      await log.close();
    },
  };
});
