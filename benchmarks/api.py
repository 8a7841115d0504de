"""Ask the API of `svidok serve` everything that its own description allows, and more.

    pip install "schemathesis==4.*"
    python benchmarks/api.py --examples 200

Questions are drawn from ``/api/v1/openapi.json`` by schemathesis and put to the application in this process,
over a chronicle of three reports. Fails for an answer that the description does not tell of: a status, a
body, a type, any 5xx. That a question may be refused with a reason (a day that is none) is no failure.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "events"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "store"))

import hypothesis
import schemathesis
from schemathesis.core.errors import InvalidSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance
from warfare import AT, fill, war

from svidok.store import create_store
from svidok.web import Settings, create_app
from svidok.web.api import described


def main() -> None:
    parser = argparse.ArgumentParser(description="Ask the API everything that its description allows.")
    parser.add_argument("--examples", type=int, default=100)
    given = parser.parse_args()
    drawing = hypothesis.settings(
        max_examples=given.examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    statuses: Counter[int] = Counter()
    wrong: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "api.svidok", at=AT, who="olena")
        fill(store, war())
        app = create_app(store, Settings(hosts=("*",), local=True, who="olena", requests=10**8))
        schema = schemathesis.openapi.from_dict(described(app))
        schema.app = app
        for found in schema.get_all_operations():
            ask(found.ok(), drawing, statuses, wrong)
        store.close()
    told = ", ".join(f"{count} times {status}" for status, count in sorted(statuses.items()))
    print(f"{sum(statuses.values())} questions: {told}; {sum(wrong.values())} answers out of order")
    for what, count in wrong.most_common(20):
        print(count, what)
    sys.exit(1 if wrong else 0)


def ask(operation: Any, drawing: Any, statuses: Counter[int], wrong: Counter[str]) -> None:
    """Put questions to one operation, and count the answers."""

    @hypothesis.given(case=operation.as_strategy())
    @drawing
    def put(case: schemathesis.Case) -> None:
        answer = case.call()
        statuses[answer.status_code] += 1
        try:
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])
        except InvalidSchema:  # schemathesis cannot read a pair, which JSON Schema writes as prefixItems
            return
        except (AssertionError, BaseExceptionGroup) as error:
            wrong[f"{operation.label}: {str(error)[:300]}"] += 1

    put()


if __name__ == "__main__":
    main()
