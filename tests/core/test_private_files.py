"""Stored files are sent by the portal or by nginx, with the same headers."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404

from core.private_files import private_file


@pytest.fixture
def stored(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)
    return default_storage.save("evidence/2026/照 片.pdf", ContentFile(b"paper"))


@pytest.mark.parametrize("via", ["stream", "nginx"])
def test_private_file_has_the_same_headers_either_way(via, stored, settings):
    settings.PRIVATE_FILES_VIA = via

    response = private_file(stored, as_attachment=True, filename="协议.pdf")

    if response.streaming:
        response.file_to_stream.close()
    headers = ("Content-Type", "Content-Disposition", "Cache-Control")
    assert [response[name] for name in headers] == [
        "application/pdf",
        "attachment; filename*=utf-8''%E5%8D%8F%E8%AE%AE.pdf",
        "private, no-store",
    ]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_private_file_through_nginx_names_it_quoted_and_sends_nothing(stored, settings):
    settings.PRIVATE_FILES_VIA = "nginx"

    response = private_file(stored, as_attachment=False)

    path = "/private-files/evidence/2026/%E7%85%A7_%E7%89%87.pdf"
    assert response["X-Accel-Redirect"].replace("%20", "_") == path
    assert response.content == b""


@pytest.mark.parametrize("via", ["stream", "nginx"])
def test_private_file_that_is_gone_is_not_found(via, tmp_path, settings):
    settings.MEDIA_ROOT, settings.PRIVATE_FILES_VIA = str(tmp_path), via

    with pytest.raises(Http404):
        private_file("evidence/none.jpg", as_attachment=False)
