import { describe, expect, it } from '@jest/globals';
import { serviceTests } from './service-tests.js';

/** A service as cards grow it: each entity with its files, and packages that bring them together. */
const service = (entities: readonly string[], changed: Readonly<Record<string, string>> = {}) => {
  const own = entities.flatMap((name): readonly (readonly [string, string])[] => [
    [`app/api/${name}.py`, `from app.services.${name} import service\nrouter = service()\n`],
    [`app/models/${name}.py`, 'from app.core import db\n'],
    [
      `app/services/${name}.py`,
      `from app.core.service import (\n    CrudService,\n)\nfrom app.models.${name} import Row\n`,
    ],
    [`tests/samples/${name}.py`, `from app.services.${name} import service\nSAMPLE = {}\n`],
    [`tests/unit/test_${name}_rules.py`, `from tests.samples.${name} import SAMPLE\n`],
    [
      `tests/integration/test_${name}_api.py`,
      `from tests.crud import Crud\nfrom tests.samples.${name} import SAMPLE\n`,
    ],
  ]);
  const list = (folder: string) => entities.map((name) => `from app.${folder}.${name} import x as ${name}\n`).join('');
  return new Map<string, string>([
    ...own,
    ['pyproject.toml', '[project]\n'],
    ['app/__init__.py', ''],
    ['app/main.py', 'from app.api import routers\nfrom app.core import db\n'],
    ['app/api/__init__.py', list('api')],
    ['app/models/__init__.py', list('models')],
    ['app/core/__init__.py', ''],
    ['app/core/db.py', 'STORE = 1\n'],
    ['app/core/service.py', 'class CrudService: ...\n'],
    ['tests/conftest.py', 'from app.main import create_app\nfrom app.models import TABLES\n'],
    ['tests/crud.py', 'class Crud: ...\n'],
    ['tests/unit/test_core.py', 'from app.core import db\n'],
    ...Object.entries(changed),
  ]);
};

const digestsOf = (files: ReadonlyMap<string, string>, settings = 'python 3.11') =>
  Object.fromEntries(serviceTests(files, settings).entities.map(({ entity, digest }) => [entity, digest]));

/** Entities of `book` and `member` whose verdicts no longer stand. */
const affected = (changed: Readonly<Record<string, string>>): readonly string[] => {
  const before = digestsOf(service(['book', 'member']));
  const after = digestsOf(service(['book', 'member'], changed));
  return Object.keys(before).filter((entity) => before[entity] !== after[entity]);
};

describe('the tests of a service', () => {
  it('are those of each entity, and the others', () => {
    const { entities, others } = serviceTests(service(['book']), '');
    expect(entities.map(({ entity, tests }) => [entity, tests])).toEqual([
      ['book', ['tests/integration/test_book_api.py', 'tests/unit/test_book_rules.py']],
    ]);
    expect(others).toEqual(['tests/unit/test_core.py']);
  });

  it('of an entity stand when another entity joins', () => {
    expect(digestsOf(service(['book', 'member']))['book']).toBe(digestsOf(service(['book']))['book']);
  });

  it.each([
    ['its routes, which only the running service leads to', { 'app/api/book.py': 'broken\n' }, ['book']],
    ['its model', { 'app/models/book.py': 'x = 1\n' }, ['book']],
    ['what it imports over several lines', { 'app/core/service.py': 'class CrudService: pass\n' }, ['book', 'member']],
    ['its own test', { 'tests/unit/test_book_rules.py': 'from tests.samples.book import SAMPLE as S\n' }, ['book']],
    ['what its tests inherit', { 'tests/crud.py': 'class Crud: pass\n' }, ['book', 'member']],
    ['the fixtures', { 'tests/conftest.py': 'from app.main import create_app\n' }, ['book', 'member']],
    ['what the fixtures import', { 'app/main.py': 'from app.api import routers as r\n' }, ['book', 'member']],
    ['settings of the project', { 'pyproject.toml': '[tool.x]\n' }, ['book', 'member']],
    ['a test of no entity', { 'tests/unit/test_core.py': 'x = 1\n' }, []],
  ])('of an entity do not stand when something else is %s', (_what, changed, whose) => {
    expect(affected(changed)).toEqual(whose);
  });

  it('of an entity depend on what its sample names as text', () => {
    const sample = { 'tests/samples/book.py': 'SAMPLE = {"member_id": "member"}\n' };
    const before = digestsOf(service(['book', 'member'], sample));
    const after = digestsOf(service(['book', 'member'], { ...sample, 'app/api/member.py': 'changed\n' }));
    expect(after['book']).not.toBe(before['book']);
  });

  it('do not stand under another toolchain', () => {
    expect(digestsOf(service(['book']), 'python 3.12')).not.toEqual(digestsOf(service(['book'])));
  });
});
