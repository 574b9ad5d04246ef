import { describeEventLogContract, describeWorkClaimContract } from '../testing/index.js';
import { embeddedHarness } from '../testing/embedded-harness.js';

describeEventLogContract('the embedded log of the owner', () => embeddedHarness('owner'));
describeEventLogContract('the embedded log of a reader', () => embeddedHarness('reader'));

describeWorkClaimContract('the embedded claims', async () => {
  const harness = await embeddedHarness('owner');
  return {
    get log() {
      return harness.log;
    },
    get claims() {
      return harness.log.claims();
    },
    plant: harness.plant,
    dispose: harness.dispose,
  };
});
