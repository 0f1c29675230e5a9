"""Values planted in PDFs, by hand and by reportlab; and, with those of pictures and plain texts, all of them."""

import io
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import pikepdf
from PIL import Image
from reportlab.lib.colors import PCMYKColorSep
from reportlab.pdfgen.canvas import Canvas

from tests.factories.file_parts import changed_pdf
from tests.factories.planted import Planted
from tests.factories.planted.pictures import BY_PILLOW, photograph

D, N, S = pikepdf.Dictionary, pikepdf.Name, pikepdf.String
_GLYPHS = ("/zero", "/one", "/two", "/three", "/four", "/five", "/six", "/seven", "/eight", "/nine", "/comma")
_BOX = [0, 0, 200, 50]


def _font(**entries: object) -> pikepdf.Dictionary:
    return D(Type=N.Font, Subtype=N.Type1, BaseFont=N.Helvetica, **entries)


def _shown(value: str) -> bytes:
    return f"BT /F1 9 Tf 5 5 Td ({value}) Tj ET".encode()


def _form(document: pikepdf.Pdf, value: str, **entries: object) -> pikepdf.Stream:
    drawn = {"Type": N.XObject, "Subtype": N.Form, "BBox": _BOX, "Resources": D(Font=D(F1=_font())), **entries}
    return document.make_stream(_shown(value), **drawn)


def _annotated(document: pikepdf.Pdf, **entries: object) -> None:
    note = document.make_indirect(D(Type=N.Annot, Rect=_BOX, **entries))
    document.pages[0].obj.Annots = pikepdf.Array([note])
    if "FT" in entries:
        document.Root.AcroForm = D(Fields=[note])


def _stamp(document: pikepdf.Pdf, value: str) -> None:
    _annotated(document, Subtype=N.Stamp, AP=D(N=_form(document, value)))


def _stamp_without_a_kind(document: pikepdf.Pdf, value: str) -> None:
    drawn = document.make_stream(_shown(value), BBox=_BOX, Resources=D(Font=D(F1=_font())))
    _annotated(document, Subtype=N.Stamp, AP=D(N=drawn))


def _state_of_a_field(document: pikepdf.Pdf, value: str) -> None:
    states = D(N=D({"/On": _form(document, "yes"), "/Off": _form(document, value)}))
    _annotated(document, Subtype=N.Widget, FT=N.Btn, AP=states, AS=N.On)


def _name_of_a_state(document: pikepdf.Pdf, value: str) -> None:
    states = D(N=D({f"/{value.replace(',', ' ')}": _form(document, "yes")}))
    _annotated(document, Subtype=N.Widget, FT=N.Btn, AP=states)


def _pattern(document: pikepdf.Pdf, value: str) -> None:
    resources = D(Font=D(F1=_font()))
    tile = document.make_stream(
        _shown(value), Type=N.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=_BOX, XStep=200, YStep=50,
        Resources=resources,
    )  # fmt: skip
    document.pages[0].obj.Resources.Pattern = D(P1=tile)


def _mask(document: pikepdf.Pdf, value: str) -> None:
    mask = D(Type=N.Mask, S=N.Luminosity, G=_form(document, value, Group=D(S=N.Transparency)))
    document.pages[0].obj.Resources.ExtGState = D(G1=D(SMask=mask))


def _unused(document: pikepdf.Pdf, value: str) -> None:
    document.pages[0].obj.Resources.XObject = D(X1=_form(document, value))


def _inherited_font(document: pikepdf.Pdf, value: str) -> None:
    form = document.make_stream(_shown(value), Type=N.XObject, Subtype=N.Form, BBox=_BOX)
    document.pages[0].obj.Resources.XObject = D(X1=form)


def _layer(document: pikepdf.Pdf, value: str) -> None:
    layer = document.make_indirect(D(Type=N.OCG, Name=S("hidden")))
    document.Root.OCProperties = D(OCGs=[layer], D=D(OFF=[layer]))
    document.pages[0].obj.Resources.XObject = D(X1=_form(document, value, OC=layer))


def _letter(document: pikepdf.Pdf, value: str) -> None:
    procedure = document.make_stream(b"500 0 d0 " + _shown(value))
    resources = D(Font=D(F1=_font()))
    document.pages[0].obj.Resources.Font.F2 = D(
        Type=N.Font, Subtype=N.Type3, FontBBox=[0, 0, 9, 9], FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=65,
        LastChar=65, Widths=[500], Encoding=D(Differences=[65, N.A]), CharProcs=D(A=procedure), Resources=resources,
    )  # fmt: skip


def _comment(document: pikepdf.Pdf, value: str) -> None:
    document.pages[0].Contents = document.make_stream(f"q % {value}\nQ".encode())


def _turned(document: pikepdf.Pdf, value: str) -> None:
    drawn = f"q 0.7 0.7 -0.7 0.7 300 300 cm BT /F1 9 Tf ({value}) Tj ET Q"
    document.pages[0].Contents = document.make_stream(drawn.encode())


def _piece_by_piece(document: pikepdf.Pdf, value: str) -> None:
    drawn = " ".join(f"1 0 0 1 {10 + 7 * place} 500 Tm ({sign}) Tj" for place, sign in enumerate(value))
    document.pages[0].Contents = document.make_stream(f"BT /F1 9 Tf {drawn} ET".encode())


def _lying(document: pikepdf.Pdf, value: str) -> None:
    lies = "".join(f"<{code:02x}> <{0x61 + code - 0x30:04x}>\n" for code in range(0x30, 0x3A))
    told = document.make_stream(f"begincmap 10 beginbfchar\n{lies}endbfchar endcmap".encode())
    document.pages[0].obj.Resources.Font.F1 = _font(ToUnicode=told)
    document.pages[0].Contents = document.make_stream(_shown(value))


def _lying_by_names(document: pikepdf.Pdf, value: str) -> None:
    codes = {sign: place for place, sign in enumerate("0123456789,", 1)}
    told = document.make_stream(b"1 beginbfrange <01> <0b> <0061> endbfrange")
    encoding = D(Type=N.Encoding, Differences=[1, *map(N, _GLYPHS)])
    document.pages[0].obj.Resources.Font.F1 = _font(Encoding=encoding, ToUnicode=told)
    drawn = bytes(codes[sign] for sign in value).hex()
    document.pages[0].Contents = document.make_stream(f"BT /F1 9 Tf <{drawn}> Tj ET".encode())


def _mark(document: pikepdf.Pdf, value: str) -> None:
    document.pages[0].Contents = document.make_stream(f"/Span <</Note ({value})>> DP".encode())


def _picture(document: pikepdf.Pdf, data: bytes, packed: object, **entries: object) -> pikepdf.Stream:
    given = {"Type": N.XObject, "Subtype": N.Image, "Width": 40, "Height": 30, "BitsPerComponent": 8, **entries}
    picture = document.make_stream(b"", ColorSpace=N.DeviceRGB, **given)
    picture.write(data, filter=packed)
    document.pages[0].obj.Resources.XObject = D(Im1=picture)
    return picture


def _jpeg(document: pikepdf.Pdf, value: str) -> None:
    _picture(document, photograph(value), N.DCTDecode)


def _jpeg_packed_again(document: pikepdf.Pdf, value: str) -> None:
    _picture(document, zlib.compress(photograph(value)), [N.FlateDecode, N.DCTDecode])


def _jpeg_2000(document: pikepdf.Pdf, value: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG2000", comment=value)
    _picture(document, out.getvalue(), N.JPXDecode)


def _metadata_of_a_picture(document: pikepdf.Pdf, value: str) -> None:
    packet = document.make_stream(f"<x:xmpmeta xmlns:x='a' by='{value}'/>".encode(), Type=N.Metadata, Subtype=N.XML)
    _picture(document, photograph(""), N.DCTDecode, Metadata=packet)


def _private(document: pikepdf.Pdf, value: str) -> None:
    form = _form(document, "slabs", PieceInfo=D(Acme=D(Private=document.make_stream(value.encode()))))
    document.pages[0].obj.Resources.XObject = D(X1=form)


def _inline(document: pikepdf.Pdf, value: str) -> None:
    head = b"BI /W 40 /H 30 /BPC 8 /CS /RGB /F /DCT ID "
    document.pages[0].Contents = document.make_stream(head + photograph(value) + b" EI")


def _unknown_stream(document: pikepdf.Pdf, value: str) -> None:
    document.pages[0].obj.Acme = document.make_stream(value.encode())


def _thumbnail(document: pikepdf.Pdf, value: str) -> None:
    document.pages[0].obj.Thumb = _picture(document, photograph(value), N.DCTDecode)
    del document.pages[0].obj.Resources.XObject


def _deep_metadata(document: pikepdf.Pdf, value: str) -> None:
    packet = document.make_stream(f"<x by='{value}'/>".encode(), Type=N.Metadata, Subtype=N.XML)
    document.pages[0].obj.Resources.Properties = D(M1=D(Metadata=packet))


BY_HAND: dict[str, Callable[[pikepdf.Pdf, str], None]] = {
    "appearance of a stamp": _stamp,
    "appearance without a kind": _stamp_without_a_kind,
    "state of a field that is off": _state_of_a_field,
    "name of a field's state": _name_of_a_state,
    "tiling pattern": _pattern,
    "soft mask": _mask,
    "form that no page draws": _unused,
    "form without fonts of its own": _inherited_font,
    "layer that is off": _layer,
    "letter of a Type 3 font": _letter,
    "comment among commands": _comment,
    "text that lies askew": _turned,
    "text sign by sign": _piece_by_piece,
    "text whose copy says something else": _lying,
    "text whose copy says something else than its glyphs": _lying_by_names,
    "marked point": _mark,
    "EXIF of a picture": _jpeg,
    "EXIF of a picture that is packed again": _jpeg_packed_again,
    "comment of a JPEG 2000": _jpeg_2000,
    "XMP of a picture": _metadata_of_a_picture,
    "XMP within a dictionary": _deep_metadata,
    "private data of a form": _private,
    "EXIF of a picture among commands": _inline,
    "stream of no known kind": _unknown_stream,
    "small picture of a page": _thumbnail,
}


def _written(drawn: Callable[[Canvas], object], **settings: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True, **settings)
    canvas.drawString(72, 700, "slabs")
    drawn(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _in_a_form(canvas: Canvas, value: str) -> None:
    canvas.beginForm("tile")
    canvas.drawString(10, 10, value)
    canvas.endForm()
    canvas.doForm("tile")


def _hidden_text(canvas: Canvas, value: str) -> None:
    text = canvas.beginText(72, 600)
    text.setTextRenderMode(3)
    text.textLine(value)
    canvas.drawText(text)


BY_REPORTLAB: dict[str, Callable[[str], bytes]] = {
    "form of reportlab": lambda value: _written(lambda canvas: _in_a_form(canvas, value)),
    "unseen text": lambda value: _written(lambda canvas: _hidden_text(canvas, value)),
    "bookmark": lambda value: _written(lambda canvas: (canvas.bookmarkPage("a"), canvas.addOutlineEntry(value, "a"))),
    "text field": lambda value: _written(lambda canvas: canvas.acroForm.textfield(value=value, x=72, y=500)),
    "tooltip of a check box": lambda value: _written(
        lambda canvas: canvas.acroForm.checkbox(tooltip=value, x=72, y=500)
    ),
    "choice": lambda value: _written(
        lambda canvas: canvas.acroForm.choice(value="slabs", options=["slabs", value], x=72, y=500)
    ),
    "link": lambda value: _written(lambda canvas: canvas.linkURL(f"https://x.test/{value}", (0, 0, 9, 9))),
    "note": lambda value: _written(lambda canvas: canvas.textAnnotation(value, Rect=[0, 0, 99, 99])),
    "subject of the document": lambda value: _written(lambda canvas: canvas.setSubject(value)),
    "name of a colour": lambda value: _written(
        lambda canvas: (
            canvas.setFillColor(PCMYKColorSep(10, 20, 30, 0, spotName=f"Spot {value.replace(',', ' ')}")),
            canvas.rect(9, 9, 9, 9, fill=1),
        )
    ),
    "text of reportlab, not packed": lambda value: _written(
        lambda canvas: canvas.drawString(72, 600, value), pageCompression=0
    ),
}


@cache
def planted() -> tuple[Planted, ...]:
    """Return every one of them, each with a value of its own."""
    return tuple(_planted())


def _planted() -> Iterator[Planted]:
    values = (f"7,348,{number:03}" for number in range(101, 999, 7))
    for (place, change), value in zip(BY_HAND.items(), values, strict=False):
        yield Planted(place, "a.pdf", changed_pdf(lambda document, do=change, v=value: do(document, v)), value)  # type: ignore[misc]
    for (place, made), value in zip(BY_REPORTLAB.items(), values, strict=False):
        yield Planted(place, "a.pdf", made(value), value)
    for (place, (name, drawn)), value in zip(BY_PILLOW.items(), values, strict=False):
        yield Planted(place, name, drawn(value), value)
