/** `tests/crud.py` of every service. */
export const TESTS_CRUD_PY = String.raw`"""What holds for the rows of every entity over HTTP. A test class names its sample and inherits all of this."""

import uuid
from dataclasses import replace
from typing import Any

import pytest

from app.core.contract import base_path
from app.core.db import Database
from app.core.errors import Conflict
from tests.api import NOBODY, Api, blamed, is_problem
from tests.samples.sample import Body, Sample, sample_of


class CrudContract:
    sample: Sample

    def test_a_new_row_is_answered_with_its_values_its_place_and_its_version(self, api: Api) -> None:
        body = self.sample.body(api)
        response = api.post(self.sample.path, body)
        assert response.status_code == 201
        row = response.json()
        assert {name: row[name] for name in body} == body
        assert row["version"] == 1
        assert response.headers["ETag"] == '"1"'
        assert response.headers["Location"] == f"{base_path()}{self.sample.at(row)}"

    def test_a_row_reads_as_it_was_answered(self, api: Api) -> None:
        row = self.sample.stored(api)
        response = api.get(self.sample.at(row))
        assert response.status_code == 200
        assert response.json() == row
        assert response.headers["ETag"] == '"1"'

    def test_what_may_be_left_out_has_its_default(self, api: Api) -> None:
        body = {name: value for name, value in self.sample.body(api).items() if name in self.sample.required}
        row = api.post(self.sample.path, body).json()
        assert {name: row[name] for name in self.sample.absent} == self.sample.absent

    def test_a_body_that_breaks_the_schema_is_refused_with_the_names_of_its_fields(self, api: Api) -> None:
        response = api.post(self.sample.path, {"no_such_field": 1})
        assert is_problem(response, 422)
        assert blamed(response) == sorted([*self.sample.required, "no_such_field"])

    def test_a_reference_that_leads_nowhere_is_refused(self, api: Api) -> None:
        for name in self.sample.references():
            response = api.post(self.sample.path, self.sample.body(api) | {name: NOBODY})
            assert is_problem(response, 422), name
            assert blamed(response) == [name]
            assert api.get(self.sample.path).json()["total"] == 0

    def test_a_value_that_must_be_unique_is_not_taken_twice(self, api: Api) -> None:
        first = self.sample.stored(api)
        for name in self.sample.unique:
            clash = api.post(self.sample.path, self._writable(first))
            assert is_problem(clash, 409)
            assert blamed(clash) == sorted(self.sample.unique)
            assert all(first["id"] in error["message"] for error in clash.json()["errors"])
            second = self.sample.held(api, 1)
            changed = api.put(self.sample.at(second), self._writable(second) | {name: first[name]}, '"1"')
            assert is_problem(changed, 409)
            assert blamed(changed) == [name]
            assert api.get(self.sample.path).json()["total"] == 2

    def test_an_update_replaces_the_values_and_counts_the_version_up(self, api: Api) -> None:
        row = self.sample.stored(api)
        body = self._writable(row) | self.sample.bodies[-1]
        response = api.put(self.sample.at(row), body, '"1"')
        assert response.status_code == 200
        assert response.headers["ETag"] == '"2"'
        assert response.json() == row | body | {"version": 2, "updated_at": response.json()["updated_at"]}
        assert response.json()["updated_at"] > row["updated_at"]
        assert api.get(self.sample.at(row)).json() == response.json()

    def test_an_update_without_a_change_counts_the_version_up_too(self, api: Api) -> None:
        row = self.sample.stored(api)
        assert api.put(self.sample.at(row), self._writable(row), "*").json()["version"] == 2

    def test_an_update_with_a_lost_reference_changes_nothing(self, api: Api) -> None:
        row = self.sample.stored(api)
        for name in self.sample.references():
            response = api.put(self.sample.at(row), self._writable(row) | {name: NOBODY}, '"1"')
            assert is_problem(response, 422)
            assert api.get(self.sample.at(row)).json() == row

    def test_a_deleted_row_is_gone(self, api: Api) -> None:
        row = self.sample.stored(api)
        response = api.delete(self.sample.at(row), '"1"')
        assert (response.status_code, response.content) == (204, b"")
        assert is_problem(api.get(self.sample.at(row)), 404)

    def test_what_a_row_refers_to_is_deleted_only_as_the_design_says(self, api: Api) -> None:
        row = self.sample.stored(api)
        for name, target in {**self.sample.optional, **self.sample.parents}.items():
            row = self._referring(api, row, name, target)
            response = api.delete(f"{sample_of(target).path}/{row[name]}", "*")
            now = api.get(self.sample.at(row))
            if self.sample.on_delete[name] == "restrict":
                assert is_problem(response, 409), name
                assert (now.json(), bool(response.json()["detail"])) == (row, True)
            elif self.sample.on_delete[name] == "cascade":
                assert (response.status_code, now.status_code) == (204, 404), name
                row = self.sample.stored(api)
            else:
                assert (response.status_code, now.json()[name]) == (204, None), name
                row = now.json()

    @pytest.mark.parametrize("tag", ['"2"', 'W/"1"', "1"])
    def test_a_change_of_another_version_is_refused(self, api: Api, tag: str) -> None:
        row = self.sample.stored(api)
        for response in self._changes(api, row, tag):
            assert is_problem(response, 412)
        assert api.get(self.sample.at(row)).json() == row

    def test_a_change_must_say_which_version_it_means(self, api: Api) -> None:
        row = self.sample.stored(api)
        for response in self._changes(api, row, None):
            assert is_problem(response, 400)
            assert blamed(response) == ["If-Match"]

    def test_a_row_that_is_not_there_is_not_found(self, api: Api) -> None:
        ghost = self.sample.stored(api) | {"id": NOBODY}
        assert is_problem(api.get(self.sample.at(ghost)), 404)
        for response in self._changes(api, ghost, "*"):
            assert is_problem(response, 404)

    def test_an_id_that_is_none_is_malformed(self, api: Api) -> None:
        response = api.get(f"{self.sample.path}/1")
        assert is_problem(response, 400)
        assert blamed(response) == ["id"]

    def test_a_list_is_paged_and_begins_with_the_newest(self, api: Api) -> None:
        rows = self._three(api)
        newest = [row["id"] for row in sorted(rows, key=lambda row: row["created_at"], reverse=True)]
        first = api.get(self.sample.path, size=2).json()
        assert ([row["id"] for row in first["items"]], first["total"]) == (newest[:2], len(rows))
        assert (first["page"], first["size"]) == (1, 2)
        second = api.get(self.sample.path, size=2, page=2).json()
        assert ([row["id"] for row in second["items"]], second["page"]) == (newest[2:], 2)
        assert api.get(self.sample.path).json()["size"] == 20

    def test_a_list_is_sorted_by_any_of_its_keys(self, api: Api) -> None:
        rows = self._three(api)
        for key in self.sample.sorts:
            up = [row[key] for row in api.get(self.sample.path, sort=key).json()["items"]]
            down = [row[key] for row in api.get(self.sample.path, sort=f"-{key}").json()["items"]]
            values = [row[key] for row in rows]
            assert (up, down) == (sorted(values), sorted(values, reverse=True)), key

    def test_a_list_keeps_only_what_its_filters_ask_for(self, api: Api) -> None:
        rows = self._three(api)
        for name in self.sample.filters:
            value = rows[0][name]
            wanted = {row["id"] for row in rows if row[name] == value}
            found = api.get(self.sample.path, **{name: written(value)}).json()
            assert {row["id"] for row in found["items"]} == wanted, name
            assert found["total"] == len(wanted)

    def test_a_method_that_is_not_offered_is_told_those_that_are(self, api: Api) -> None:
        for path, methods in ((self.sample.path, "GET, POST"), (f"{self.sample.path}/{NOBODY}", "DELETE, GET, PUT")):
            response = api.http.patch(base_path() + path)
            assert is_problem(response, 405)
            assert response.headers["Allow"] == methods

    @pytest.mark.parametrize("query", [{"page": 0}, {"page": 1000001}, {"size": 0}, {"size": 101}, {"sort": "nothing"}])
    def test_a_page_that_can_not_be_is_malformed(self, api: Api, query: dict[str, Any]) -> None:
        response = api.get(self.sample.path, **query)
        assert is_problem(response, 400)
        assert blamed(response) == list(query)
        assert api.get(self.sample.path, page=1000000, size=100).status_code == 200

    def test_who_brings_no_known_token_gets_nothing(self, stranger: Api) -> None:
        ghost = {"id": NOBODY}
        responses = [stranger.get(self.sample.path), stranger.get(self.sample.at(ghost))]
        responses += [stranger.post(self.sample.path, {}), *self._changes(stranger, ghost, "*")]
        for response in responses:
            assert is_problem(response, 401)
            assert response.headers["WWW-Authenticate"] == "Bearer"

    def test_who_may_only_read_changes_nothing(self, api: Api, reader: Api) -> None:
        row = self.sample.stored(api)
        assert reader.get(self.sample.at(row)).json() == row
        for response in [reader.post(self.sample.path, self._writable(row)), *self._changes(reader, row, "*")]:
            assert is_problem(response, 403)
        assert api.get(self.sample.at(row)).json() == row

    def test_an_action_leads_from_its_states_and_from_no_other(self, api: Api, database: Database) -> None:
        row = self.sample.stored(api)
        for action, moves in self.sample.actions.items():
            for state in self.sample.states if moves else ():
                version = self._put_into(database, row, state)
                response = api.act(f"{self.sample.at(row)}/{action}", "*")
                now = api.get(self.sample.at(row)).json()
                if state in moves:
                    assert response.status_code == 200
                    assert (response.json(), now[str(self.sample.state)]) == (now, moves[state])
                    assert response.headers["ETag"] == f'"{version + 1}"'
                else:
                    assert is_problem(response, 409)
                    assert (now[str(self.sample.state)], now["version"]) == (state, version)
                    assert response.json()["detail"]

    def test_an_action_that_moves_no_state_counts_the_version_up(self, api: Api) -> None:
        row = self.sample.stored(api)
        still = [action for action, moves in self.sample.actions.items() if not moves]
        for version, action in enumerate(still, start=2):
            response = api.act(f"{self.sample.at(row)}/{action}", f'"{version - 1}"')
            assert response.status_code == 200
            assert response.json() == row | {"version": version, "updated_at": response.json()["updated_at"]}
            assert response.headers["ETag"] == f'"{version}"'

    def test_the_store_itself_keeps_unique_values_apart(self, api: Api, database: Database) -> None:
        for name in self.sample.unique:
            row = self.sample.held(api)
            body = self.sample.body(api, len(self.sample.bodies) - 1) | {name: row[name]}
            twin = self.sample.input.model_validate(body).columns()
            with pytest.raises(Conflict), database.session() as session:
                self.sample.repository(session).add(self.sample.row(**twin))
            assert api.get(self.sample.path).json()["total"] == 1, name

    def test_a_row_beyond_a_limit_is_refused_while_the_others_count(
        self, api: Api, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lowered = tuple(replace(limit, most=1) for limit in self.sample.service.limits)
        monkeypatch.setattr(self.sample.service, "limits", lowered)
        first = self.sample.stored(api) if lowered else {}
        for name, _, states in self.sample.limits:
            if states and self.sample.absent[str(self.sample.state)] not in states:
                continue
            body = self.sample.body(api, len(self.sample.bodies) - 1) | {name: first[name]}
            refused = api.post(self.sample.path, body)
            assert is_problem(refused, 409)
            assert blamed(refused) == [name]
            assert api.get(self.sample.path).json()["total"] == 1
            for state in [state for state in self.sample.states if states and state not in states]:
                self._put_into(database, first, state)
                second = api.post(self.sample.path, body)
                assert second.status_code == 201, state
                api.delete(self.sample.at(second.json()), "*")
            if states:
                self._put_into(database, first, states[0])

    def _three(self, api: Api) -> list[Body]:
        return [self.sample.stored(api, n) for n in range(len(self.sample.bodies))]

    def _writable(self, row: Body) -> Body:
        return {name: row[name] for name in self.sample.input.model_json_schema()["properties"]}

    def _changes(self, api: Api, row: Body, tag: str | None) -> list[Any]:
        place = self.sample.at(row)
        body = self._writable(row) if "version" in row else {}
        actions = [api.act(f"{place}/{action}", tag) for action in self.sample.actions]
        return [api.put(place, body, tag), api.delete(place, tag), *actions]

    def _referring(self, api: Api, row: Body, name: str, target: str) -> Body:
        """The row, with this reference set."""
        if row[name]:
            return row
        other = sample_of(target)
        body = self._writable(row) | {name: other.held(api, api.get(other.path).json()["total"])["id"]}
        referring: Body = api.put(self.sample.at(row), body, "*").json()
        return referring

    def _put_into(self, database: Database, row: Body, state: str) -> int:
        """Sets the state beside all rules; answers the version that the row has then."""
        with database.session() as session:
            stored = session.get_one(self.sample.row, uuid.UUID(row["id"]))
            setattr(stored, getattr(self.sample.service, "state", ""), state)
            session.flush()
            return stored.version


def written(value: Any) -> str:
    """A value as it stands in a query."""
    return str(value).lower() if isinstance(value, bool) else str(value)
`;
