import { CONFIG_PY } from '../core/config.py.js';
import { DB_PY } from '../core/db.py.js';
import { HEALTH_PY } from '../core/health.py.js';
import { LOGGING_PY } from '../core/logging.py.js';
import { MIGRATE_PY } from '../core/migrate.py.js';
import { SESSION_PY } from '../core/session.py.js';
import { START_PY } from '../core/start.py.js';
import { TESTS_CONFIG_PY } from '../core/tests-config.py.js';
import { TESTS_MIGRATE_PY } from '../core/tests-migrate.py.js';
import { TESTS_START_PY } from '../core/tests-start.py.js';
import { GIVEN_ERRORS_PY } from './errors.py.js';
import { GIVEN_BINDING_PY } from './binding.py.js';
import { GIVEN_VALIDATION_PY } from './validation.py.js';
import { GIVEN_RECORDS_PY } from './records.py.js';
import { GIVEN_REQUESTS_PY } from './requests.py.js';
import { GIVEN_SECURITY_PY } from './security.py.js';
import { GIVEN_CALLS_PY } from './calls.py.js';
import { GIVEN_DOCUMENTS_PY } from './documents.py.js';
import { GIVEN_LISTING_PY } from './listing.py.js';
import { GIVEN_SERVING_PY } from './serving.py.js';
import { GIVEN_API_PY } from './api.py.js';
import { GIVEN_MAIN_PY } from './main.py.js';
import { GIVEN_TESTS_CONFTEST_PY } from './tests-conftest.py.js';
import { GIVEN_TESTS_CONTRACT_PY } from './tests-contract.py.js';
import { GIVEN_TESTS_OPERATIONS_PY } from './tests-operations.py.js';
import { GIVEN_TESTS_CORE_PY } from './tests-core.py.js';
import { GIVEN_TESTS_RECORDS_PY } from './tests-records.py.js';
import { GIVEN_TESTS_SECURITY_PY } from './tests-security.py.js';

/** Files that are the same in every service for a given contract; no text of a contract is in them. */
export const GIVEN_CORE_FILES: readonly (readonly [path: string, text: string])[] = [
  ['app/core/config.py', CONFIG_PY],
  ['app/core/db.py', DB_PY],
  ['app/core/health.py', HEALTH_PY],
  ['app/core/logging.py', LOGGING_PY],
  ['app/core/session.py', SESSION_PY],
  ['app/__main__.py', START_PY],
  ['app/migrate.py', MIGRATE_PY],
  ['tests/unit/test_config.py', TESTS_CONFIG_PY],
  ['tests/unit/test_start.py', TESTS_START_PY],
  ['tests/integration/test_migrate.py', TESTS_MIGRATE_PY],
  ['app/core/errors.py', GIVEN_ERRORS_PY],
  ['app/core/binding.py', GIVEN_BINDING_PY],
  ['app/core/validation.py', GIVEN_VALIDATION_PY],
  ['app/core/records.py', GIVEN_RECORDS_PY],
  ['app/core/requests.py', GIVEN_REQUESTS_PY],
  ['app/core/security.py', GIVEN_SECURITY_PY],
  ['app/core/calls.py', GIVEN_CALLS_PY],
  ['app/core/documents.py', GIVEN_DOCUMENTS_PY],
  ['app/core/listing.py', GIVEN_LISTING_PY],
  ['app/core/serving.py', GIVEN_SERVING_PY],
  ['app/api/__init__.py', GIVEN_API_PY],
  ['app/main.py', GIVEN_MAIN_PY],
  ['tests/conftest.py', GIVEN_TESTS_CONFTEST_PY],
  ['tests/contract.py', GIVEN_TESTS_CONTRACT_PY],
  ['tests/integration/test_operations.py', GIVEN_TESTS_OPERATIONS_PY],
  ['tests/integration/test_records.py', GIVEN_TESTS_RECORDS_PY],
  ['tests/unit/test_security.py', GIVEN_TESTS_SECURITY_PY],
  ['tests/unit/test_core.py', GIVEN_TESTS_CORE_PY],
];
