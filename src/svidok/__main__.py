"""``python -m svidok``: the same as the ``svidok`` command."""

from svidok.cli import main

if __name__ == "__main__":
    main()
