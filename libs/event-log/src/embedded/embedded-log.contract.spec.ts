import { describeEventLogContract, describeWorkClaimContract } from '../testing/index.js';
import { embeddedHarness } from '../testing/embedded-harness.js';

describeEventLogContract('the embedded log of the owner', () => embeddedHarness('owner'));
describeEventLogContract('the embedded log of a reader', () => embeddedHarness('reader'));

describeWorkClaimContract('the embedded claims', async () => {
  const { log, dispose } = await embeddedHarness('owner');
  return { log, claims: log.claims(), dispose };
});
