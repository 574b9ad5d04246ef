/** `tests/rules.py` of every service. */
export const TESTS_RULES_PY = String.raw`"""What holds for the schemas and the service of every entity, without a store. A test class names its sample and inherits this."""

import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import ValidationError

from app.core import messages
from app.core.errors import Conflict, NotFound, PreconditionFailed, Unprocessable
from app.core.paging import PageQuery
from app.core.service import CrudService
from tests.fakes import Anything, FakeRows
from tests.samples.sample import Body, Sample


class RulesContract:
    sample: Sample

    def test_every_sample_is_accepted(self) -> None:
        for n, body in enumerate(self.sample.bodies):
            data = self.sample.input.model_validate(self.sample.plain(n)).model_dump(mode="json")
            assert {name: data[name] for name in body} == body

    def test_values_at_the_bounds_are_accepted(self) -> None:
        for name, value in self.sample.accepted:
            data = self.sample.input.model_validate(self.sample.plain() | {name: value})
            assert data.model_dump(mode="json")[name] == value, name

    def test_values_beyond_them_are_refused_by_the_name_of_the_field(self) -> None:
        for name, value in self.sample.refused:
            assert self._blamed(self.sample.plain() | {name: value}) == {name}, (name, value)

    def test_what_is_required_can_not_be_left_out(self) -> None:
        for name in self.sample.required:
            body = {key: value for key, value in self.sample.plain().items() if key != name}
            assert self._blamed(body) == {name}

    def test_nothing_but_what_the_contract_names_is_taken(self) -> None:
        for name in ("id", "version", "created_at", "updated_at", "no_such_field"):
            assert self._blamed(self.sample.plain() | {name: 1}) == {name}

    def test_a_new_row_has_the_values_of_its_body(self) -> None:
        service, data = self._service(), self._data()
        row = service.create(data)
        assert {name: getattr(row, name) for name in data.columns()} == data.columns()
        assert service.get(row.id) is row
        assert list(service.page(PageQuery(sort="created_at")).rows) == [row]

    def test_a_reference_that_leads_nowhere_is_refused_before_anything_is_stored(self) -> None:
        service = self._service(references=FakeRows())
        names = self.sample.references()
        if names:
            data = self.sample.input.model_validate(self.sample.plain() | dict.fromkeys(names, str(uuid.uuid4())))
            with pytest.raises(Unprocessable) as refusal:
                service.create(data)
            assert sorted(name for name, _ in refusal.value.errors) == sorted(names)
        assert service.page(PageQuery(sort="created_at")).total == 0

    def test_a_unique_value_is_free_for_its_own_row_alone(self) -> None:
        service = self._service()
        first = service.create(self._data())
        service.update(first.id, self._data(), "*")
        if self.sample.unique:
            with pytest.raises(Conflict) as refusal:
                service.create(self._data())
            assert [name for name, _ in refusal.value.errors] == list(self.sample.unique)
            assert all(str(first.id) in message for _, message in refusal.value.errors)

    def test_changes_need_the_version_that_the_row_has(self) -> None:
        service = self._service()
        row = service.create(self._data())
        with pytest.raises(PreconditionFailed, match="1"):
            service.update(row.id, self._data(), '"2"')
        assert service.update(row.id, self._data(-1), '"1"').version == 2
        with pytest.raises(PreconditionFailed, match="2"):
            service.delete(row.id, '"1"')
        service.delete(row.id, '"2"')
        with pytest.raises(NotFound, match=str(row.id)):
            service.get(row.id)

    def test_as_many_rows_share_a_reference_as_the_rules_allow_and_no_more(self) -> None:
        for name, most, states in self.sample.limits:
            rows, owners = FakeRows(), Anything()
            service = self._service(owners, rows)
            data = self.sample.input.model_validate(self.sample.plain() | {name: str(uuid.uuid4())})
            for _ in range(most - 1):
                rows.add(self._neighbour(data, states))
            row = rows.add(self._neighbour(data, states))
            assert service.update(row.id, data, "*") is row
            assert owners.locked == getattr(row, self.sample.attribute(name))
            rows.add(self._neighbour(data, states))
            with pytest.raises(Conflict) as refusal:
                service.update(row.id, data, "*")
            assert refusal.value.errors == [(name, messages.TOO_MANY.format(most=most))]
            others = [state for state in self.sample.states if states and state not in states]
            for state in others:
                self._put_into(row, (state,))
                assert service.update(row.id, data, "*") is row

    def _neighbour(self, data: Any, states: Sequence[str]) -> Any:
        """A row with the same references that clashes with none."""
        row = self.sample.row(**data.columns())
        for name in self.sample.unique:
            setattr(row, self.sample.attribute(name), None)
        self._put_into(row, states)
        return row

    def _put_into(self, row: Any, states: Sequence[str]) -> None:
        if states:
            setattr(row, getattr(self.sample.service, "state", ""), states[0])

    def _service(self, references: Any = None, rows: FakeRows | None = None) -> CrudService[Any]:
        attributes = [self.sample.attribute(name) for name in self.sample.references()]
        return self.sample.service(rows or FakeRows(), dict.fromkeys(attributes, references or Anything()))

    def _data(self, n: int = 0) -> Any:
        return self.sample.input.model_validate(self.sample.plain(n))

    def _blamed(self, body: Body) -> set[str]:
        with pytest.raises(ValidationError) as refusal:
            self.sample.input.model_validate(body)
        return {str(error["loc"][0]) for error in refusal.value.errors()}
`;
