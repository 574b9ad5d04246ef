import { describeDriver } from '../testing/describe-driver.js';
import { unshareDriver } from './unshare.js';

await describeDriver(unshareDriver);
