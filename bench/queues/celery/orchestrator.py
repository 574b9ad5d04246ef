"""Works graphs off through Celery, event driven: a dependent is enqueued when its last dependency is done.

Arguments: bytes of a payload, then graphs as JSON files. Prints the seconds that the last graph took.
"""

import json
import sys
import time

from cards import DONE, card, store


def work_off(path: str, payload: str) -> float:
    with open(path, encoding="utf-8") as file:
        deps = json.load(file)["deps"]
    waits_for = [len(those) for those in deps]
    dependents: list[list[int]] = [[] for _ in deps]
    for number, those in enumerate(deps):
        for dependency in those:
            dependents[dependency].append(number)
    began = time.perf_counter()
    with card.app.producer_pool.acquire() as producer:
        for number, count in enumerate(waits_for):
            if count == 0:
                card.apply_async((number, payload), producer=producer)
        left = len(deps)
        while left > 0:
            _, first = store.blpop([DONE])
            for done in [first, *(store.lpop(DONE, 256) or [])]:
                left -= 1
                for dependent in dependents[int(done)]:
                    waits_for[dependent] -= 1
                    if waits_for[dependent] == 0:
                        card.apply_async((dependent, payload), producer=producer)
    return time.perf_counter() - began


def main() -> None:
    payload = "." * int(sys.argv[1])
    seconds = [work_off(path, payload) for path in sys.argv[2:]]
    print(json.dumps({"seconds": seconds[-1]}))


main()
