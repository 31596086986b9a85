"""Programs of a developer's day: version control, packages, containers, compilers, checkers, agents. Rows and readers."""

from __future__ import annotations

from gateway.shell.programs.containers import read_compose, read_docker
from gateway.shell.programs.forges import read_forge
from gateway.shell.programs.git import read_git
from gateway.shell.programs.packages import read_apt, read_cargo, read_conda, read_nix, read_npm, read_npx, read_pip, read_project_runner
from gateway.shell.programs.rows import table

ROWS = table(
    """
svn hg ; -m=text -r=text --config=text --config-option=text -F=read --file=read -R=text --cwd=text --username=text --password=text --diff-cmd=program --editor-cmd=program --extcmd=program ; url* ; data ; data
go-task ; ; text* ; ; data
gem nuget twine ; -i=create -n=create --source=url -s=url --repository-url=url --config-file=read -d=text --working-dir=text -v=text --version=text ; maybe* ; data ; data
composer ; -i=create -n=create --source=url -s=url --repository-url=url --config-file=read -d=text --working-dir=text -v=text --version=text ; text* ; data ; data
rustup volta nvm fnm pyenv rbenv asdf mise ; --default-toolchain=text ; text* ; ; data
rustc gcc g++ cc clang clang++ c++ ld as gfortran ; -o=write -I=text -L=text -l=text -D=text -x=text -std=text -include=read -MF=write -B=text -wrapper=program -fplugin=read --plugin=read -T=read -C=text --edition=text --crate-type=text --crate-name=text --emit=text --cfg=text --out-dir=create ; read* ; data ; data
tsc esbuild vite webpack rollup swc babel parcel turbo nx next astro ; -p=read --project=read --config=script:javascript -c=script:javascript --outfile=write --outdir=create --outDir=create -o=write --outFile=write --mode=text --port=text --host=text --target=text --tsconfig=read ; text* ; data ; data
eslint prettier stylelint biome ; -c=read --config=read --ext=text -o=write --output-file=write --ignore-path=read --rulesdir=text --resolve-plugins-relative-to=text --format=text -f=text --plugin=text --parser=text --rule=text ; text* ; data ; data
jest vitest mocha ava cypress playwright karma ; -c=script:javascript --config=script:javascript -r=script:javascript --require=script:javascript -t=text --testNamePattern=text --reporter=text --project=text -g=text --grep=text --outputFile=write --globalSetup=script:javascript --setupFiles=script:javascript ; text* ; data ; data
pytest py.test ; -k=text -m=text -c=read -p=text -n=text -o=text -W=text --rootdir=text --confcutdir=text --junitxml=write --junit-xml=write --log-file=write --basetemp=create --maxfail=text --tb=text --cov=?text --cov-report=text --cov-config=read --durations=text --deselect=text --ignore=text --color=text ; text* ; data ; data
tox nox ; -e=text -c=read -f=read -s=text -r=text --session=text ; text* ; data ; data
ruff mypy black isort flake8 pylint bandit pyright coverage pyflakes vulture radon ; -c=text --config=text --config-file=text --select=text --ignore=text --rcfile=text --output-file=write -o=write --line-length=text -l=text -t=text --target-version=text --python-version=text -m=text -p=text --profile=text --format=text --output-format=text --exclude=text --extend-exclude=text ; text* ; data ; data
rspec phpunit rubocop phpstan ; -r=text -c=read --configuration=read --filter=text -e=text -f=text --format=text -o=write --out=write --bootstrap=script:php ; text* ; data ; data
dotnet msbuild ; -c=text -f=text -o=create --output=create -p=text -v=text --project=read --configuration=text --framework=text -r=text --source=url -s=text ; text* ; data ; data
pre-commit act lefthook husky ; -c=read --config=read -a=text --files=text -W=read -P=text -j=text --from-ref=text --to-ref=text ; text* ; data ; data
claude codex gemini cursor-agent copilot opencode aider droid amp goose ; -p=text --print=text --model=text -m=text --settings=text --mcp-config=read --add-dir=text --append-system-prompt=text --system-prompt=text --allowedTools=text --disallowedTools=text --permission-mode=text --output-format=text --input-format=text -r=?text --resume=?text -c=text --config=text --message=text --message-file=read -f=text ; text* ; sent ; network
snap flatpak pkgutil winget choco scoop port mas ; ; text* ; ; data
code-server jupyter jupyter-lab streamlit uvicorn gunicorn flask django-admin celery alembic ; --port=text --host=text -m=text -c=text --config=text --app=text -b=text -w=text -k=text -A=text --reload=?text --ip=text --notebook-dir=text ; text* ; data ; data
""",
    {
        "git": read_git,
        "gh glab hub": read_forge,
        "npm pnpm yarn cnpm": read_npm,
        "npx bunx pnpx": read_npx,
        "pip pipenv-pip": read_pip,
        "uv uvx poetry pdm pipenv hatch pipx bundle bundler rye pixi": read_project_runner,
        "conda mamba micromamba": read_conda,
        "nix nix-shell": read_nix,
        "cargo go": read_cargo,
        "apt apt-get apt-cache aptitude dnf yum pacman apk brew zypper": read_apt,
        "docker podman nerdctl": read_docker,
        "docker-compose podman-compose": read_compose,
    },
)
"""The table of this family."""
