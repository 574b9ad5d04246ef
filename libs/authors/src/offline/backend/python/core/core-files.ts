import { COMPARISON_PY } from '@squados/gates/backend/comparison';
import { CONFIG_PY } from './config.py.js';
import { CONTRACT_PY } from './contract.py.js';
import { DB_PY } from './db.py.js';
import { ERRORS_PY } from './errors.py.js';
import { ETAG_PY } from './etag.py.js';
import { HEALTH_PY } from './health.py.js';
import { LOGGING_PY } from './logging.py.js';
import { MAIN_PY } from './main.py.js';
import { MIGRATE_PY } from './migrate.py.js';
import { PAGING_PY } from './paging.py.js';
import { REPOSITORY_PY } from './repository.py.js';
import { SCHEMA_PY } from './schema.py.js';
import { SECURITY_PY } from './security.py.js';
import { SERVICE_PY } from './service.py.js';
import { SESSION_PY } from './session.py.js';
import { START_PY } from './start.py.js';
import { TESTS_API_PY } from './tests-api.py.js';
import { TESTS_CONFIG_PY } from './tests-config.py.js';
import { TESTS_CONFTEST_PY } from './tests-conftest.py.js';
import { TESTS_CONTRACT_PY } from './tests-contract.py.js';
import { TESTS_CORE_PY } from './tests-core.py.js';
import { TESTS_CRUD_PY } from './tests-crud.py.js';
import { TESTS_ERRORS_PY } from './tests-errors.py.js';
import { TESTS_FAKES_PY } from './tests-fakes.py.js';
import { TESTS_MIGRATE_PY } from './tests-migrate.py.js';
import { TESTS_MODELS_PY } from './tests-models.py.js';
import { TESTS_RULES_PY } from './tests-rules.py.js';
import { TESTS_SAMPLE_PY } from './tests-sample.py.js';
import { TESTS_SERVICE_PY } from './tests-service.py.js';
import { TESTS_START_PY } from './tests-start.py.js';
import { TESTS_TYPES_PY } from './tests-types.py.js';
import { TYPES_PY } from './types.py.js';

/** Files that are the same in every service, by their paths in it. */
export const CORE_FILES: readonly (readonly [path: string, text: string])[] = [
  ['app/core/config.py', CONFIG_PY],
  ['app/core/contract.py', CONTRACT_PY],
  ['app/core/db.py', DB_PY],
  ['app/core/errors.py', ERRORS_PY],
  ['app/core/etag.py', ETAG_PY],
  ['app/core/health.py', HEALTH_PY],
  ['app/core/logging.py', LOGGING_PY],
  ['app/core/paging.py', PAGING_PY],
  ['app/core/repository.py', REPOSITORY_PY],
  ['app/core/schema.py', SCHEMA_PY],
  ['app/core/security.py', SECURITY_PY],
  ['app/core/service.py', SERVICE_PY],
  ['app/core/session.py', SESSION_PY],
  ['app/core/types.py', TYPES_PY],
  ['app/main.py', MAIN_PY],
  ['app/__main__.py', START_PY],
  ['app/migrate.py', MIGRATE_PY],
  ['tests/conftest.py', TESTS_CONFTEST_PY],
  ['tests/api.py', TESTS_API_PY],
  ['tests/fakes.py', TESTS_FAKES_PY],
  ['tests/crud.py', TESTS_CRUD_PY],
  ['tests/rules.py', TESTS_RULES_PY],
  ['tests/samples/sample.py', TESTS_SAMPLE_PY],
  ['tests/contract/test_contract.py', TESTS_CONTRACT_PY],
  ['tests/contract/comparison.py', COMPARISON_PY],
  ['tests/unit/test_config.py', TESTS_CONFIG_PY],
  ['tests/unit/test_core.py', TESTS_CORE_PY],
  ['tests/unit/test_errors.py', TESTS_ERRORS_PY],
  ['tests/unit/test_models.py', TESTS_MODELS_PY],
  ['tests/unit/test_start.py', TESTS_START_PY],
  ['tests/unit/test_types.py', TESTS_TYPES_PY],
  ['tests/integration/test_migrate.py', TESTS_MIGRATE_PY],
  ['tests/integration/test_service.py', TESTS_SERVICE_PY],
];
