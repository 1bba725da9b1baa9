import pytest

from scripts.embedded_secrets import demo_password, readable_password, secret_key


@pytest.fixture(autouse=True)
def _no_password_given(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


@pytest.mark.parametrize(
    ("secret", "name"), [(secret_key, "secret-key"), (demo_password, "demo-password")]
)
def test_secret_is_made_once_for_the_owner_only(tmp_path, secret, name):
    made = secret(tmp_path)

    assert secret(tmp_path) == made
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_secret_key_is_long_enough_for_the_settings(tmp_path):
    assert len(secret_key(tmp_path)) >= 50


@pytest.mark.parametrize("rest", ["", "abc"])
def test_secret_key_cut_off_file_written_anew(tmp_path, rest):
    (tmp_path / "secret-key").write_text(rest)

    key = secret_key(tmp_path)

    assert len(key) >= 50
    assert secret_key(tmp_path) == key


def test_demo_password_given_wins_and_is_not_kept(tmp_path, monkeypatch):
    kept = demo_password(tmp_path)
    monkeypatch.setenv("DEMO_PASSWORD", "my own")

    assert demo_password(tmp_path) == "my own"

    monkeypatch.delenv("DEMO_PASSWORD")
    assert demo_password(tmp_path) == kept


def test_readable_password_has_four_groups_and_differs():
    passwords = {readable_password() for _ in range(100)}

    assert len(passwords) == 100
    assert {len(password.split("-")) for password in passwords} == {4}
