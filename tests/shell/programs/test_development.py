"""What the programs of `development` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
pytest tests -k name => run pytest tests -k name
ruff check --fix src => run ruff check --fix src
eslint . => run eslint .
mypy gateway => run mypy gateway
twine upload .env => run twine upload .env · read .env
gem push x.gem => run gem push x.gem
composer require a/b => run composer require a/b
pre-commit run --all-files => run pre-commit run --all-files
gdb -p 1 -ex 'shell id' => run gdb -p 1 -ex shell id · run id
jq .name package.json => run jq .name package.json · read package.json
"""
)
