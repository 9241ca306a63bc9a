"""The configuration file: what it sets, and how it says what it can't."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynreports.publish.config import Config, ConfigError, load, token
from dynreports.publish.folder import prepare
from dynreports.publish.servers import pages


def write(folder: Path, text: str) -> Path:
    (folder / "dynreports.toml").write_text(text)
    return folder


def test_without_a_file_all_is_as_usual(tmp_path: Path) -> None:
    assert load(tmp_path) == Config()


def test_what_is_set_reaches_the_server(tmp_path: Path) -> None:
    folder = prepare(tmp_path / "f", notebooks=False)
    (folder.root / "token").write_text("0123456789abcdef\n")
    config = load(
        write(
            folder.root,
            '[pages]\ntitle = "Maison"\nbase_url = "/reports/"\ntoken_file = "token"\ncull_after = 60\n'
            "[lab]\nserve = false\n",
        )
    )
    server = pages(folder, 8877, config)
    assert server.token == "0123456789abcdef"
    assert server.address == "http://127.0.0.1:8877/reports/?token=0123456789abcdef"
    assert server.environment(folder)["DYNREPORTS_BRAND"] == "Maison"
    assert "--MappingKernelManager.cull_idle_timeout=60" in server.command
    assert not config.lab.serve


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[pages]\ntitel = 'x'", "There is no setting named 'titel'. Did you mean: title? (in [pages])"),
        ("[page]\n", "There is no setting named 'page'. Did you mean: pages?"),
        ("[pages]\nport = '80'", "Expected `int`, got `str` (at pages.port)"),
        ("[pages]\nport = 80000", "pages.port must be between 1 and 65535; it is 80000"),
        ("[pages]\ncull_after = 1", "at least 10 seconds"),
        ("[pages]\nbase_url = 'reports'", "must begin and end with a slash"),
        ("[pages]\nhost = '0.0.0.0'", "others can reach it: give pages.token_file"),
        ("[pages", "dynreports.toml"),
    ],
)
def test_what_it_cannot_mean_is_said_with_the_nearest(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(write(tmp_path, text))
    assert words in str(error.value)


def test_tokens_that_are_not_safe_are_refused(tmp_path: Path) -> None:
    config = load(write(tmp_path, "[pages]\ntoken_file = 'token'"))
    with pytest.raises(ConfigError, match="can't be read"):
        token(config, tmp_path)
    for bad in ("short", "with a blank in the middle", ""):
        (tmp_path / "token").write_text(bad)
        with pytest.raises(ConfigError, match="at least 16"):
            token(config, tmp_path)
