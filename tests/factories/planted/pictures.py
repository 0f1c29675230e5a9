"""Values planted in pictures and plain texts."""

import io
from collections.abc import Callable

from PIL import ExifTags, Image, PngImagePlugin


def photograph(value: str, **entries: object) -> bytes:
    """Return a JPEG whose description is the value."""
    told, out = Image.Exif(), io.BytesIO()
    told[ExifTags.Base.ImageDescription] = value
    Image.effect_noise((40, 30), 50).convert("RGB").save(out, "JPEG", exif=told, **entries)
    return out.getvalue()


def _png(value: str, key: str = "Comment", **how: bool) -> bytes:
    told, out = PngImagePlugin.PngInfo(), io.BytesIO()
    told.add_text(key, value, **how)
    Image.new("RGB", (8, 8)).save(out, "PNG", pnginfo=told)
    return out.getvalue()


def _bare_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return out.getvalue()


BY_PILLOW: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "text of a PNG": ("a.png", _png),
    "packed text of a PNG": ("a.png", lambda value: _png(value, zip=True)),
    "behind a PNG": ("a.png", lambda value: _bare_png() + value.encode()),
    "description of a JPEG": ("a.jpg", photograph),
    "comment of a JPEG": ("a.jpg", lambda value: photograph("", comment=value.encode())),
    "XMP of a JPEG": ("a.jpg", lambda value: photograph("", xmp=f"<x a='{value}'/>".encode())),
    "behind a JPEG": ("a.jpg", lambda value: photograph("") + value.encode()),
    "plain text": ("a.txt", lambda value: f"slabs\r\n{value}\r\n".encode()),
    "text of Windows": ("a.txt", lambda value: f"Größe\r\n{value} €\r\n".encode("cp1252")),
    "cell of comma-separated text": ("a.csv", lambda value: f'a,b\r\n1,"{value}"\r\n'.encode()),
    "cell in semicolons": ("a.csv", lambda value: f"a;b\r\n1;{value.replace(',', '.')}\r\n".encode()),
}
