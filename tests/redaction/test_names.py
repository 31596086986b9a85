from __future__ import annotations

import pytest

from gateway.redaction.names import KEY_OWNERS, TREES, WORDS, kind_of, words_of


class TestWordsOf:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("DB_PASSWORD", ["db", "password"]),
            ("secretAccessKey", ["secret", "access", "key"]),
            ("X-Api-Key", ["x", "api", "key"]),
            ("APIKey", ["api", "key"]),
            ("password2", ["password2"]),
            ("", []),
        ],
    )
    def test_splits(self, name: str, words: list[str]) -> None:
        assert words_of(name) == words


class TestKindOf:
    @pytest.mark.parametrize(
        "name",
        """password passwd pwd passphrase db_password userPassword DB_PASSWORD secret clientSecret client_secret token accessToken access_token
        x-api-key X-Api-Key apiKey api_key APIKEY secret_key secretAccessKey aws_secret_access_key privateKeyPem authorization auth cookie
        Set-Cookie session_token pin otp credentials refresh_token GITHUB_TOKEN client-key-data signingKey _auth mypassword""".split(),
    )
    def test_says_so(self, name: str) -> None:
        assert kind_of(name)

    @pytest.mark.parametrize(
        "name",
        """max_tokens tokens tokenizer token_type token_count next_page_token nextPageToken continuation_token secretName secret_name author
        authorize path bypass key public_key primary_key sort_key key_id private_key_id password_policy session_id tool_use_id compass oauth
        pinned option shopping""".split(),
    )
    def test_says_nothing(self, name: str) -> None:
        assert kind_of(name) == ""

    def test_every_telling_name_holds_a_word_that_is_looked_for(self) -> None:
        for name in ("password", "passwd", "passphrase", "pwd", "secret", "token", "api_key", "apikey", "authorization", "credentials", "cookie"):
            assert any(word in name.replace("_", "") for word in (*WORDS, *(f"{owner}key" for owner in KEY_OWNERS)))
        assert "credentials" in TREES
