"""What a picture's file says besides its picture is read, wherever its format can keep it, and can be taken out."""

import io
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from exclusions.gateways.documents.inspection import JPEG, PNG
from exclusions.gateways.documents.pictures import UnreadPicture, bare_picture, picture_words, xmp_words
from exclusions.gateways.documents.reading import read_content

SECRET = "Hidden Supplier Works"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a who='{SECRET}'>slabs</a></x:xmpmeta>".encode()
PICTURE = Image.effect_noise((40, 30), 50).convert("RGB")


def saved(kind: str, **entries: object) -> bytes:
    out = io.BytesIO()
    PICTURE.save(out, kind, **entries)
    return out.getvalue()


def exif(tag: int, value: object, within: ExifTags.IFD | None = None) -> Image.Exif:
    told = Image.Exif()
    (told.get_ifd(within) if within else told)[tag] = value
    return told


def png_text(key: str, value: str, **how: bool) -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text(key, value, **how)
    return saved("PNG", pnginfo=told)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    head, end = saved("PNG")[:-12], saved("PNG")[-12:]
    checked = zlib.crc32(kind + content).to_bytes(4, "big")
    return head + len(content).to_bytes(4, "big") + kind + content + checked + end


def jpeg_segment(marker: int, content: bytes) -> bytes:
    data = saved("JPEG")
    return data[:2] + bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content + data[2:]


USER_COMMENT = b"UNICODE\0" + SECRET.encode("utf-16-le")
ENTRIES: dict[str, Callable[[], bytes]] = {
    "artist": lambda: saved("JPEG", exif=exif(ExifTags.Base.Artist, SECRET)),
    "Windows' title": lambda: saved("JPEG", exif=exif(40091, SECRET.encode("utf-16-le"))),
    "user comment": lambda: saved("JPEG", exif=exif(37510, USER_COMMENT, ExifTags.IFD.Exif)),
    "maker's note": lambda: saved("JPEG", exif=exif(37500, b"\0\1" + SECRET.encode() + b"\0", ExifTags.IFD.Exif)),
    "place": lambda: saved("JPEG", exif=exif(28, b"ASCII\0\0\0" + SECRET.encode(), ExifTags.IFD.GPSInfo)),
    "XMP of a JPEG": lambda: saved("JPEG", xmp=XMP),
    "longer XMP": lambda: jpeg_segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 40 + XMP),
    "IPTC": lambda: jpeg_segment(0xED, b"Photoshop 3.0\0" + b"8BIM\4\4\0\0\0\0\0\x1a\x1c\2x\0\x15" + SECRET.encode()),
    "comment": lambda: saved("JPEG", comment=SECRET.encode()),
    "segment of a program": lambda: jpeg_segment(0xEB, b"ACME\0" + SECRET.encode()),
    "between segments": lambda: saved("JPEG")[:20] + SECRET.encode() + saved("JPEG")[20:],
    "behind a JPEG": lambda: saved("JPEG") + SECRET.encode(),
    "behind a JPEG, in Windows' letters": lambda: saved("JPEG") + b"\7" + SECRET.encode("utf-16-le"),
    "text of a PNG": lambda: png_text("Comment", SECRET),
    "key of a PNG": lambda: png_text(SECRET, "slabs"),
    "packed text": lambda: png_text("Comment", SECRET, zip=True),
    "international text": lambda: png_chunk(b"iTXt", b"Title\0\1\0en\0\0" + zlib.compress(SECRET.encode())),
    "XMP of a PNG": lambda: png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
    "profile as digits": lambda: png_text("Raw profile type exif", f"\nexif\n 21\n{SECRET.encode().hex()}", zip=True),
    "EXIF of a PNG": lambda: saved("PNG", exif=exif(ExifTags.Base.ImageDescription, SECRET)),
    "name of a colour profile": lambda: png_chunk(b"iCCP", SECRET.encode() + b"\0\0" + zlib.compress(b"profile")),
    "chunk of a program": lambda: png_chunk(b"acMe", SECRET.encode()),
    "behind a PNG": lambda: saved("PNG") + SECRET.encode(),
    "comment of a GIF": lambda: saved("GIF", comment=SECRET.encode()),
    "behind a GIF": lambda: saved("GIF") + SECRET.encode(),
    "EXIF of a WebP": lambda: saved("WEBP", exif=exif(ExifTags.Base.Artist, SECRET)),
    "XMP of a WebP": lambda: saved("WEBP", xmp=XMP),
    "behind a WebP": lambda: saved("WEBP") + SECRET.encode(),
    "behind a BMP": lambda: saved("BMP") + SECRET.encode(),
    "tag of a TIFF": lambda: saved("TIFF", description=SECRET),
    "behind a TIFF": lambda: saved("TIFF") + SECRET.encode(),
    "comment of a JPEG 2000": lambda: saved("JPEG2000", comment=SECRET),
    "box of a JPEG 2000": lambda: saved("JPEG2000") + (29).to_bytes(4, "big") + b"xml " + SECRET.encode(),
}
BROKEN = {
    "no picture": b"words",
    "a PNG cut off": saved("PNG")[:-100],
    "a PNG whose text is damaged": png_chunk(b"zTXt", b"Comment\0\0no zlib"),
    "a PNG whose text unpacks to too much": png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 20_000_000)),
    "a GIF with an unknown block": saved("GIF")[:-1] + b"\x99;",
    "more behind a picture than is read": saved("PNG") + b"a" * 9_000_000,
}


def said(data: bytes) -> str:
    return "\n".join(words for _, words in picture_words(io.BytesIO(data)))


@pytest.mark.parametrize("case", ENTRIES)
def test_each_place_is_read(case: str) -> None:
    assert SECRET in said(ENTRIES[case]())


@pytest.mark.parametrize("case", [case for case in ENTRIES if ENTRIES[case]()[:2] in (b"\xff\xd8", b"\x89P")])
def test_each_place_is_emptied_and_the_pixels_stay(case: str) -> None:
    data = ENTRIES[case]()
    bare = bare_picture(data)
    assert SECRET not in said(bare) or case == "name of a colour profile"
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_a_picture_that_lies_on_its_side_still_says_so() -> None:
    bare = bare_picture(saved("JPEG", exif=exif(ExifTags.Base.Orientation, 6)))
    assert dict(Image.open(io.BytesIO(bare)).getexif()) == {ExifTags.Base.Orientation: 6}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_alone_says_nothing(kind: str) -> None:
    assert not [word for word in said(saved(kind)).split() if any(letter.isdigit() for letter in word)]


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_told(case: str) -> None:
    with pytest.raises(UnreadPicture):
        said(BROKEN[case])


def test_every_cut_of_a_picture_is_read_or_told() -> None:
    for kind in ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "JPEG2000"):
        data = saved(kind)
        for end in range(0, len(data), 7):
            with suppress(UnreadPicture):
                said(data[:end])


def test_a_damaged_xmp_packet_is_read_as_it_stands() -> None:
    assert SECRET in str(list(xmp_words(XMP.replace(b"</a>", b""))))


def test_an_attached_picture_is_read_by_name_of_the_entry() -> None:
    reading = read_content(JPEG.content_type, ENTRIES["user comment"]())
    assert reading.metadata["EXIF UserComment"] == SECRET
    assert (reading.whole, reading.pictures, reading.unknown) == (True, "a picture", ())
    unread = read_content(PNG.content_type, BROKEN["a PNG whose text is damaged"])
    assert (unread.whole, unread.unknown) == (False, ("data beside the picture",))
