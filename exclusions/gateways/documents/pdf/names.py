"""Names in a PDF that somebody chose: of colours, fonts, states of fields, marks and resources."""

import re
from collections.abc import Iterator

_NAME = re.compile(rb"/([^\s/<>\[\](){}%]{5,127})")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
# What ISO 32000 itself calls things. Not all of it: what is missing here is read as a word, and says nothing.
_STANDARD = frozenset(
    b"""
    ASCII85Decode ASCIIHexDecode AbsoluteColorimetric AcroForm ActualText Adobe.PPKLite AdobePDFLibrary After AllPages
    Alternate AlternateSpace Alternates Annot Annotation Annots AntiAlias ArtBox Artifact Ascent AvgWidth BBox BBoxes
    Background Base BaseEncoding BaseFont BaseState BaseVersion BaselineShift Before Beveled BibEntry BitsPerComponent
    BitsPerCoordinate BitsPerFlag BitsPerSample BlackIs1 BlackPoint BleedBox Block BlockAlign BlockQuote Border
    BorderColor BorderStyle BorderThickness Bounds ByteRange CCITTFaxDecode CIDFontType0 CIDFontType0C CIDFontType2
    CIDInit CIDSet CIDSystemInfo CIDToGIDMap CMapName CalGray CalRGB CapHeight Caption Caret Catalog Category
    CenterWindow CharProcs CharSet Circle ClassMap ColSpan Color ColorBurn ColorDodge ColorSpace ColorTransform Colors
    Column Columns Compatible Components Contents Coords Count Courier Courier-Bold CreationDate Creator CreatorInfo
    CropBox DCTDecode DamagedRowsBeforeError Darken Dashed Decode DecodeParms Default DescendantFonts Descent Dests
    DeviceCMYK DeviceGray DeviceN DeviceRGB Difference Differences Direction DisplayDocTitle DocChecksum DocMDP
    Document Domain Duplex Encode EncodedByteAlign Encoding Encrypt EndIndent EndOfBlock EndOfLine Event Exclusion
    Export ExportState ExtGState Extend Extends ExtensionLevel Extensions Fields Figure Filter First FirstChar
    FirstPage FitBH FitBV FitH FitR FitV FitWindow FlateDecode Font FontBBox FontDescriptor FontFamily FontFile
    FontFile2 FontFile3 FontMatrix FontName FontStretch FontWeight Footnote Form FormType Formula FreeText FullScreen
    Function FunctionType Functions GTS_PDFA1 GTS_PDFX Gamma GoToR Group HardLight Headers Height Helv Helvetica
    Helvetica-Bold Helvetica-BoldOblique Helvetica-Oblique Hidden HideMenubar HideToolbar HideWindowUI Highlight
    ICCBased Identity Identity-H Identity-V Image ImageB ImageC ImageI ImageMask Index Indexed Inline InlineAlign
    Inset Interpolate Invisible ItalicAngle JBIG2Decode JBIG2Globals JPXDecode Keywords Kids LZWDecode LabelHeader
    Lang LastChar LastModified Lbl Length Length1 Length2 Length3 Lighten Limits LineBreak LineHeight Linearized Link
    List ListNumbering Locked Luminosity MacExpertEncoding MacRomanEncoding MarkInfo MarkStyle Marked Mask Matrix
    Matte MaxWidth MediaBox Metadata MissingWidth ModDate MovieActions MultiByte Multiply Namespaces NeedAppearances
    NewWindow NextPage NonFullScreenPageMode NonStruct Normal Nums OCProperties ObjStm OneColumn Opacity OpenAction
    Order Ordering Outlines OutputCondition OutputConditionIdentifier OutputIntent OutputIntents Overlay
    PDFDocEncoding Padding Page PageLabels PageLayout PageMode Pages PaintType Paragraph Parent ParentTree
    ParentTreeNextKey Pattern PatternType Perceptual Placement PolyLine Polygon Popup Predictor PrevPage Print
    PrintArea PrintClip PrintScaling PrintState Private ProcSet Producer Properties QuadPoints Quote Range Rate
    Reference Registry RelativeColorimetric Resources RoleMap Root Rotate Row RowSpan Rows RunLengthDecode SMask
    SMaskInData Saturation Scope Screen Sect Section Separation Shading ShadingType SinglePage Size SoftLight Solid
    SpaceAfter SpaceBefore Span Square Squiggly Stamp Standard StandardEncoding Start StartIndent StemH StemV StmF
    StrikeOut StructElem StructParent StructParents StructTreeRoot Style Subject Subparagraph Subtype Subtype2 Summary
    Supplement Symbol TBody TFoot THead Table Tabs Text TextAlign TextDecorationType TextIndent Threads TilingType
    Times Times-Bold Times-BoldItalic Times-Italic Times-Roman Title ToUnicode Transparency TransparencyGroup TrapNet
    Trapped TrimBox TrueType TwoColumnLeft Type Type0 Type1 Type1C Type3 Unchanged Underline UniqueID Usage
    UseAttachments UseNone UseOutlines UseThumbs UserUnit Version VerticesPerRow ViewArea ViewClip ViewState
    ViewerPreferences Viewport VisiblePages Warichu WhitePoint Widget Width Widths WinAnsiEncoding XHeight XObject
    XRef XRefStm XStep XYZ YStep ZaDb ZapfDingbats Zoom adbe.x509
    """.split()
)


def chosen_names(spelled: bytes) -> Iterator[str]:
    """Yield the names in an object that are none of the standard's, as they are meant (#20 is a space)."""
    for name in set(_NAME.findall(spelled)) - _STANDARD:
        yield _HEX.sub(lambda code: bytes((int(code[1], 16),)), name).decode("utf-8", "replace")
