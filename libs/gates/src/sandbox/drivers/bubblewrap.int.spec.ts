import { describeDriver } from '../testing/describe-driver.js';
import { bubblewrapDriver } from './bubblewrap.js';

await describeDriver(bubblewrapDriver);
