"""What is read at most. Every limit is told in the sentence of its refusal."""

from __future__ import annotations

from typing import Final

FILE_BYTES: Final = 1_000_000_000
ROWS: Final = 3_000_000  # a million rows of twelve columns take some 0.6 GB on the way
COLUMNS: Final = 200
# Workbooks: real sheets are packed 5 to 30 times; what unpacks further is a trap or a mistake.
UNPACKED_BYTES: Final = 150_000_000
RATIO: Final = 100
RATIO_FROM_BYTES: Final = 5_000_000  # small parts may be packed as tightly as they like
MEMBERS: Final = 2_000

# Reports.
SMALL: Final = 5  # groups and figures of fewer are hidden
GROUPS: Final = 60  # of more groups the largest are listed
GROUP_VALUES: Final = 500  # with more different values a column is no group
LISTED_PROBLEMS: Final = 50_000  # rows on the sheet of problems; the CSV file has them all
MB: Final = 1_000_000
