"""Programs of a developer's day: version control, packages, containers, compilers, checkers, agents. Rows and
readers.
"""

from __future__ import annotations

from gateway.shell.programs.rows import readers, table

ROWS = table(
    """
svn hg ; url* ; data ; data
go-task ; text* ;  ; data
gem nuget twine ; maybe* ; data ; data
composer ; text* ; data ; data
rustup volta nvm fnm pyenv rbenv asdf mise ; text* ;  ; data
rustc gcc g++ cc clang clang++ c++ ld as gfortran ; read* ; data ; data
tsc esbuild vite webpack rollup swc babel parcel turbo nx next astro ; text* ; data ; data
eslint prettier stylelint biome ; text* ; data ; data
jest vitest mocha ava cypress playwright karma ; text* ; data ; data
pytest py.test ; text* ; data ; data
tox nox ; text* ; data ; data
ruff mypy black isort flake8 pylint bandit pyright coverage pyflakes vulture radon ; text* ; data ; data
rspec phpunit rubocop phpstan ; text* ; data ; data
dotnet msbuild ; text* ; data ; data
pre-commit act lefthook husky ; text* ; data ; data
claude codex gemini cursor-agent copilot opencode aider droid amp goose ; text* ; sent ; network
snap flatpak pkgutil winget choco scoop port mas ; text* ;  ; data
code-server jupyter jupyter-lab streamlit uvicorn gunicorn flask django-admin celery alembic ; text* ; data ; data
""",
    {
        **readers(
            "containers", {"docker podman nerdctl": "read_docker", "docker-compose podman-compose": "read_compose"}
        ),
        **readers("forges", {"gh glab hub": "read_forge"}),
        **readers("git", {"git": "read_git"}),
        **readers(
            "packages",
            {
                "npm pnpm yarn cnpm": "read_npm",
                "npx bunx pnpx": "read_npx",
                "pip pipenv-pip": "read_pip",
                "uv uvx poetry pdm pipenv hatch pipx bundle bundler rye pixi": "read_project_runner",
                "conda mamba micromamba": "read_conda",
                "nix nix-shell": "read_nix",
                "cargo go": "read_cargo",
                "apt apt-get apt-cache aptitude dnf yum pacman apk brew zypper": "read_apt",
            },
        ),
    },
)
"""The table of this family."""
