"""How long 10,000 DataPoints take to load, in seconds of this process.

Run it with: python -m evals.benchmark.datapoints
"""

import tempfile
from pathlib import Path
from time import perf_counter, process_time

from datapoints.files import read_folder
from datapoints.kinds import kinds
from datapoints.whole import checked

COUNT = 10_000

_TEXT = """datapoint:
  id: revenue_{n}
  kind: metric
  name: Revenue {n}
  definition: |
    Total value of completed sales transactions, excluding refunds and taxes.
  owner: finance-team
  tags: [sales, finance]
  synonyms: [turnover {n}]
  unit: EUR
  execution:
    sql_template: |
      SELECT SUM(amount) AS value, DATE_TRUNC('{{granularity}}', transaction_time) AS period
      FROM transactions WHERE status = 'completed' AND transaction_time >= {{start_time}} GROUP BY period
    parameters:
      granularity: {{type: enum, values: [day, week, month], default: day}}
      start_time: {{type: timestamp, required: true}}
"""


def main() -> None:
    """Write the files, load them, and print the figures."""
    kinds()
    with tempfile.TemporaryDirectory() as place:
        for number in range(COUNT):
            path = Path(place, "user", f"{number % 100:02d}", f"{number}.yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_TEXT.format(n=number))
        cpu, wall = process_time(), perf_counter()
        folder = checked(read_folder(Path(place)))
        print(f"{len(folder.filed):,} loaded: {process_time() - cpu:.1f} s CPU, {perf_counter() - wall:.1f} s in all")


if __name__ == "__main__":
    main()
