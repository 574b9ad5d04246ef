import { API } from './api.js';
import { SERVER_MAIN } from './server-main.js';
import { APP_RUN } from './app-run.js';
import { APP_RUN_TEST } from './app-run-test.js';
import { CONFIG } from './config.js';
import { CONFIG_TEST } from './config-test.js';
import { DB_TEST } from './db-test.js';
import { DB_ERRORS } from './db-errors.js';
import { DB_MIGRATE } from './db-migrate.js';
import { DB_POOL } from './db-pool.js';
import { DB_WHERE } from './db-where.js';
import { DBTEST_OPEN } from './dbtest-open.js';
import { ETAG } from './etag.js';
import { ETAG_TEST } from './etag-test.js';
import { FAULT } from './fault.js';
import { FAULT_TEST } from './fault-test.js';
import { FIELD_CHECKS } from './field-checks.js';
import { FIELD_CLOCK } from './field-clock.js';
import { FIELD_DATE } from './field-date.js';
import { FIELD_DECIMAL } from './field-decimal.js';
import { FIELD_DOCUMENT } from './field-document.js';
import { FIELD_TEST } from './field-test.js';
import { FIELD_RULES } from './field-rules.js';
import { PAGING } from './paging.js';
import { PAGING_TEST } from './paging-test.js';
import { WEB_AUTH } from './web-auth.js';
import { WEB_AUTH_TEST } from './web-auth-test.js';
import { WEB_HEALTH } from './web-health.js';
import { WEB_PROBLEM } from './web-problem.js';
import { WEB_PROBLEM_TEST } from './web-problem-test.js';
import { WEB_QUERY } from './web-query.js';
import { WEB_QUERY_TEST } from './web-query-test.js';
import { WEB_REQUEST } from './web-request.js';
import { WEB_REQUEST_TEST } from './web-request-test.js';
import { WEB_ROUTER } from './web-router.js';
import { WEB_ROUTER_TEST } from './web-router-test.js';
import { MIGRATIONS } from './migrations.js';
import type { PlatformFile } from './platform-file.js';

/** Everything that every service has alike. */
export const PLATFORM: readonly PlatformFile[] = [
  API,
  SERVER_MAIN,
  APP_RUN,
  APP_RUN_TEST,
  CONFIG,
  CONFIG_TEST,
  DB_TEST,
  DB_ERRORS,
  DB_MIGRATE,
  DB_POOL,
  DB_WHERE,
  DBTEST_OPEN,
  ETAG,
  ETAG_TEST,
  FAULT,
  FAULT_TEST,
  FIELD_CHECKS,
  FIELD_CLOCK,
  FIELD_DATE,
  FIELD_DECIMAL,
  FIELD_DOCUMENT,
  FIELD_TEST,
  FIELD_RULES,
  PAGING,
  PAGING_TEST,
  WEB_AUTH,
  WEB_AUTH_TEST,
  WEB_HEALTH,
  WEB_PROBLEM,
  WEB_PROBLEM_TEST,
  WEB_QUERY,
  WEB_QUERY_TEST,
  WEB_REQUEST,
  WEB_REQUEST_TEST,
  WEB_ROUTER,
  WEB_ROUTER_TEST,
  MIGRATIONS,
];
