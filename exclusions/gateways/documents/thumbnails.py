"""The small picture of a photograph: what a page shows of it, so that no reader fetches the whole file to see it."""

import io
from typing import BinaryIO

from PIL import Image, ImageOps

from exclusions.gateways.documents.inspection import JPEG, MAX_PIXELS, PNG

KINDS = (JPEG.content_type, PNG.content_type)  # of which small pictures are made
CONTENT_TYPE = JPEG.content_type  # of the small picture, whatever the photograph is
LONG_SIDE = 640  # pixels: sharp where a page shows half of that
MOST_BYTES = 60_000
_QUALITIES = (82, 70, 55, 40, 25)
_SHORTEST = 80  # pixels
_WHITE = (255, 255, 255)


def write_thumbnail(source: BinaryIO, target: BinaryIO) -> tuple[int, int] | None:
    """Write a JPEG of at most LONG_SIDE pixels and MOST_BYTES, upright, without metadata; return its width and height.

    None, with nothing written, for what is no picture that can be opened and for one with more than MAX_PIXELS. A child
    process runs this, under limits; see `parsing`.
    """
    source.seek(0)
    try:
        with Image.open(source, formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            image.draft("RGB", (LONG_SIDE, LONG_SIDE))
            image.thumbnail((LONG_SIDE, LONG_SIDE))
            small = _on_white(ImageOps.exif_transpose(image))
    except (OSError, SyntaxError, ValueError):
        return None
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            small.save(out, format="JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= MOST_BYTES or (quality == _QUALITIES[-1] and max(small.size) <= _SHORTEST):
                target.write(out.getvalue())
                return small.size
        small = small.reduce(2)


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture in plain colours, with nothing of the file that it came from; what is clear becomes white."""
    if image.mode.startswith("I"):  # 16 bits a pixel
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    seen = image.convert("RGBA")
    bare = Image.new("RGB", seen.size, _WHITE)
    bare.paste(seen, mask=seen.getchannel("A"))
    return bare
