"""What the programs of `packages` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
npm install left-pad => run npm install left-pad
npm run build => run npm run build [runner]
npx cowsay hi => run npx cowsay hi [runner] · run cowsay hi
pip install requests => run pip install requests
pip install -r requirements.txt => run pip install -r requirements.txt · read requirements.txt
pip install git+https://github.com/a/b => run pip install git+https://github.com/a/b · connect https://github.com/a/b
uv run pytest => run uv run pytest [runner] · run pytest
apt-get install -y curl => run apt-get install -y curl
brew install jq => run brew install jq
yarn add x => run yarn add x [runner]
pnpm dlx create-x => run pnpm dlx create-x [runner] · run create-x
pipx run black . => run pipx run black . [runner] · run black .
npm exec -c 'id' => run npm exec -c id [runner] · run id
npm publish => run npm publish
"""
)
