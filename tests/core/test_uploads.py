import errno
import hashlib
import io
import os
import re
import tracemalloc
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from core.uploads import (
    CheckedPhoto,
    UploadError,
    check_photo,
    private_storage_path,
    save_private,
)
from tests import files
from tests.files import upload

SECRETS = (b"Secret", b"Exif", b"http://ns.adobe.com", b"ICC_PROFILE", b"<script")


def opened(photo: CheckedPhoto) -> Image.Image:
    return Image.open(io.BytesIO(photo.content))


def color_at(photo: CheckedPhoto, place=(2, 2)):
    return opened(photo).convert("RGB").getpixel(place)


def near(color, other):
    return all(abs(one - two) <= 6 for one, two in zip(color, other, strict=True))


GOOD = {
    "jpeg": files.noisy_jpeg(),
    "jpeg with private data": files.jpeg_with_private_data(),
    "jpeg cmyk": files.picture("JPEG", "CMYK", color=(0, 255, 255, 0)),
    "jpeg grey": files.picture("JPEG", "L", color=128),
    "jpeg with icc": files.picture("JPEG", icc_profile=b"ICC_PROFILESecret" * 9),
    "jpeg with page behind": files.noisy_jpeg() + b"<script>Secret</script>",
    "png": files.noisy_png(),
    "png with text": files.png_with_text(),
    "png with page behind": files.png_with_trailing_page(),
    "png palette": files.png_transparent_palette(),
    "png 16 bits": files.png_deep_grey(40_000),
    "png one bit": files.picture("PNG", "1", color=1),
    "png grey with alpha": files.picture("PNG", "LA", color=(10, 99)),
    "webp": files.picture("WEBP", lossless=True),
    "webp lossy": files.picture("WEBP", "RGBA", color=(1, 2, 3, 4)),
    "webp animated": files.animation("WEBP"),
    "png animated": files.animation("PNG"),
    "one pixel": files.picture("PNG", size=(1, 1)),
    "thin": files.picture("PNG", size=(8_000, 1)),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_check_photo_returns_a_clean_jpeg(content):
    photo = check_photo(upload(content))

    image = opened(photo)
    image.load()
    assert (image.format, image.mode, image.size) == (
        "JPEG",
        "RGB",
        (photo.width, photo.height),
    )
    assert max(image.size) <= 2560
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(secret in photo.content for secret in SECRETS)
    assert (photo.extension, photo.size) == ("jpg", len(photo.content))
    assert photo.sha256 == hashlib.sha256(photo.content).hexdigest()


def test_jpeg_with_private_data_holds_what_the_output_must_not():
    content = files.jpeg_with_private_data()

    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    assert content.count(b"Secret") == 3


REFUSED = {
    "empty": (b"", "文件是空的"),
    "too large": (files.picture() + b"\0" * 10_500_000, "超过 10 MB"),
    "gif with page": (files.GIF_PAGE, "只接受"),
    "gif": (files.picture("GIF", "P"), "只接受"),
    "eps": (files.EPS, "只接受"),
    "svg": (files.SVG, "只接受"),
    "pdf": (files.PDF, "只接受"),
    "tiff": (files.picture("TIFF"), "只接受"),
    "bmp": (files.picture("BMP"), "只接受"),
    "icon": (files.picture("ICO"), "只接受"),
    "archive": (files.archive({"a": b"a"}), "只接受"),
    "page before a photo": (b"<html>" + files.picture(), "只接受"),
    "wave file": (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40, "只接受"),
    "png bomb": (files.png_bomb(), "尺寸过大"),
    "png claims much": (files.png_claiming(60_000, 60_000), "尺寸过大"),
    "png claims wide": (files.png_claiming(8_001, 10), "尺寸过大"),
    "png claims many pixels": (files.png_claiming(5_001, 5_000), "尺寸过大"),
    "jpeg claims much": (files.jpeg_claiming(60_000, 60_000), "尺寸过大"),
    "webp claims much": (files.webp_claiming(8_500, 8_500), "尺寸过大"),
    "png without enough data": (files.png_claiming(3_000, 3_000), "已损坏"),
    "png without size": (files.png_claiming(0, 0), "已损坏"),
    "png with wrong sum": (files.png_with_wrong_sum(), "已损坏"),
    "png start only": (b"\x89PNG\r\n\x1a\n", "已损坏"),
    "jpeg start only": (b"\xff\xd8\xff\xe0", "已损坏"),
    "webp start only": (b"RIFF\x04\0\0\0WEBP", "已损坏"),
    "webp without picture": (files.webp_claiming(100, 100), "已损坏"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_check_photo_of_a_hostile_file_is_refused_with_the_reason(content, reason):
    with pytest.raises(UploadError, match=f"^“现场.jpg”未被接受：.*{reason}"):
        check_photo(upload(content, "现场.jpg"))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.98])
@pytest.mark.parametrize("make", [files.noisy_jpeg, files.noisy_png])
def test_check_photo_cut_short_is_refused(make, kept):
    content = make()

    with pytest.raises(UploadError, match="已损坏或不完整"):
        check_photo(upload(content[: int(len(content) * kept)]))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.98])
def test_check_photo_webp_cut_short_is_refused(kept):
    content = io.BytesIO()
    Image.effect_noise((200, 150), 90).convert("RGB").save(content, "WEBP")
    content = content.getvalue()

    with pytest.raises(UploadError, match="已损坏或不完整"):
        check_photo(upload(content[: int(len(content) * kept)]))


def test_check_photo_bomb_is_refused_before_it_is_decoded():
    bomb = upload(files.png_bomb())
    claim = upload(files.webp_claiming(16_000, 16_000))

    tracemalloc.start()
    for hostile in (bomb, claim):
        with pytest.raises(UploadError):
            check_photo(hostile)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 20_000_000


def test_check_photo_decides_by_content_not_by_name():
    photo = check_photo(upload(files.picture("PNG", color=(255, 0, 0)), "a.exe"))

    assert near(color_at(photo), (255, 0, 0))


def test_check_photo_turns_the_picture_upright():
    photo = check_photo(upload(files.jpeg_on_its_side()))

    assert (photo.width, photo.height) == (32, 64)
    assert near(color_at(photo, (16, 8)), (254, 0, 0))
    assert near(color_at(photo, (16, 56)), (0, 0, 254))


def test_check_photo_transparent_parts_become_white():
    photo = check_photo(upload(files.png_transparent_palette()))

    assert near(color_at(photo, (14, 8)), (255, 255, 255))
    assert near(color_at(photo, (1, 8)), (254, 0, 0))


def test_check_photo_transparent_color_of_true_color_becomes_white():
    content = files.picture("PNG", color=(9, 9, 9), transparency=(9, 9, 9))

    assert near(color_at(check_photo(upload(content))), (255, 255, 255))


@pytest.mark.parametrize("level", [0, 20_000, 40_000, 65_535])
def test_check_photo_of_16_bits_keeps_its_brightness(level):
    photo = check_photo(upload(files.png_deep_grey(level)))

    assert near(color_at(photo), (level // 256,) * 3)


def test_check_photo_of_print_colors_looks_the_same():
    content = files.picture("JPEG", "CMYK", color=(0, 255, 255, 0), quality=100)

    assert near(color_at(check_photo(upload(content))), (254, 0, 0))


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_check_photo_of_an_animation_is_its_first_picture(kind):
    photo = check_photo(upload(files.animation(kind)))

    assert near(color_at(photo, (10, 10)), (254, 0, 0))


def test_check_photo_of_a_phone_with_two_pictures_takes_the_first():
    output = io.BytesIO()
    first, second = (Image.new("RGB", (20, 20), color) for color in ("red", "blue"))
    first.save(output, "MPO", save_all=True, append_images=[second])

    photo = check_photo(upload(output.getvalue()))

    assert near(color_at(photo, (10, 10)), (254, 0, 0))
    assert photo.content.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((5_000, 2_500), (2_560, 1_280)),
        ((2_560, 100), (2_560, 100)),
        ((300, 200), (300, 200)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_check_photo_is_made_to_fit_and_never_enlarged(kind, size, expected):
    photo = check_photo(upload(files.picture(kind, size=size)))

    assert (photo.width, photo.height) == expected


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.jpg", "a.jpg"),
        ("C:\\照片\\合影.png", "合影.png"),
        ("a\u202egpj.exe\x00", "agpj.exe"),
        ("长" * 99, "长" * 60),
        ("", "未命名文件"),
    ],
)
def test_check_photo_refusal_names_the_file_harmlessly(name, shown):
    file = io.BytesIO(b"nothing")
    file.name = name

    with pytest.raises(UploadError, match=f"^“{re.escape(shown)}”未被接受"):
        check_photo(file)


def test_private_storage_path_is_random_and_tells_nothing():
    names = {private_storage_path("evidence", "jpg") for _number in range(100)}

    assert len(names) == 100
    assert all(
        re.fullmatch(r"evidence/[0-9a-f]{2}/[0-9a-f]{32}\.jpg", name) for name in names
    )


@pytest.mark.parametrize(
    ("folder", "extension"),
    [("../up", "jpg"), ("/abs", "jpg"), ("a//b", ""), ("a", "j/g"), ("a", "../x")],
)
def test_private_storage_path_outside_the_storage_is_an_error(folder, extension):
    with pytest.raises(ValueError, match="not a"):
        private_storage_path(folder, extension)


def test_save_private_stores_the_bytes_under_the_name(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)

    name = save_private(b"bytes", "evidence", "jpg")

    assert Path(default_storage.path(name)).is_relative_to(tmp_path)
    assert Path(default_storage.path(name)).read_bytes() == b"bytes"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_save_private_on_a_full_disk_leaves_nothing(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = str(tmp_path)

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_private(b"bytes", "evidence", "jpg")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_save_private_shows_the_name_only_when_all_is_on_the_disk(
    settings, tmp_path, monkeypatch
):
    settings.MEDIA_ROOT = str(tmp_path)
    real, seen = os.fsync, []

    def watched(descriptor):
        seen.append([path.suffix for path in tmp_path.rglob("*") if path.is_file()])
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    save_private(b"bytes", "evidence", "jpg")

    assert seen == [[".part"], [".jpg"]]
