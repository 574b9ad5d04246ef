import { describeDriver } from '../testing/describe-driver.js';
import { plainDriver } from './plain.js';

await describeDriver(plainDriver);
