"""Write the table of attributes that the format of office files itself fills, from the schemas of the standard.

    python .ci/office_attributes.py FOLDER > exclusions/data/office_attributes.csv

FOLDER holds the XML schemas of ISO/IEC 29500 (Transitional) as the standard ships them (wml.xsd, sml.xsd and so on).
An attribute is in the table when the standard gives it a type that only measures, numbers, points, colours or words of
its own lists fit. What people may type there, and what may be a value of theirs, is not: it is read as text.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

XSD = "{http://www.w3.org/2001/XMLSchema}"
# Each schema, with the clause of ISO/IEC 29500 that defines its simple types (Part 1; VML: Part 4).
CLAUSES = {
    "wml.xsd": "17.18",
    "sml.xsd": "18.18",
    "dml-main.xsd": "20.1.10",
    "dml-picture.xsd": "20.2",
    "dml-lockedCanvas.xsd": "20.3",
    "dml-wordprocessingDrawing.xsd": "20.4.3",
    "dml-spreadsheetDrawing.xsd": "20.5.3",
    "dml-chart.xsd": "21.2.3",
    "dml-chartDrawing.xsd": "21.3.3",
    "dml-diagram.xsd": "21.4.7",
    "shared-math.xsd": "22.1.3",
    "shared-commonSimpleTypes.xsd": "22.9.2",
    "vml-main.xsd": "Part 4 19.1.3",
    "vml-officeDrawing.xsd": "Part 4 19.2.3",
    "vml-spreadsheetDrawing.xsd": "Part 4 19.4.3",
    "vml-wordprocessingDrawing.xsd": "Part 4 19.5.3",
}
INTEGERS = {
    "byte", "int", "integer", "long", "negativeInteger", "nonNegativeInteger", "positiveInteger", "short",
    "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort",
}  # fmt: skip
# Types of strings whose form the standard describes in words.
DESCRIBED = {
    name: forms
    for forms, names in {
        "cells": "ST_CellRef ST_Ref ST_RefA ST_Sqref ST_CellSpan ST_CellSpans",
        "guid": "ST_Guid",
        "measure": (
            "ST_UniversalMeasure ST_PositiveUniversalMeasure ST_Percentage ST_PositivePercentage "
            "ST_FixedPercentage ST_PositiveFixedPercentage ST_TextScalePercent ST_TextBulletSizePercent "
            "ST_GapAmountPercent ST_DepthPercentPercent ST_HPercentPercent ST_HoleSizePercent "
            "ST_BubbleScalePercent ST_SecondPieSizePercent ST_OverlapPercent ST_LblOffsetPercent "
            "ST_ThicknessPercent"
        ),
        "measure number": (
            "ST_MeasurementOrPercent ST_DecimalNumberOrPercent ST_TextFontScalePercentOrPercentString "
            "ST_TextSpacingPercentOrPercentString"
        ),
        "number": "ST_RotX ST_TextFontSize",
        "guide": "ST_GeomGuideFormula",
        "relation": "ST_RelationshipId",
        "colour": "ST_ColorType",
        "listed": "ST_TrueFalse ST_TrueFalseBlank ST_XAlign",
    }.items()
    for name in names.split()
}
# What the schemas leave to the words of the standard: {attribute: (elements, form, clause)}. Numbers with a
# fraction are read unless it says here that they measure. w14 and so on are Microsoft's published extensions.
SAID = (
    ("ht", "row", "measure", "18.3.1.73"),
    ("width", "col", "measure", "18.3.1.13"),
    ("defaultRowHeight defaultColWidth", "sheetFormatPr", "measure", "18.3.1.81"),
    ("left right top bottom header footer", "pageMargins", "measure", "18.3.1.62"),
    ("b l r t header footer", "pageMargins", "measure", "21.2.2.134"),
    ("tint", "*", "measure", "18.8.19"),
    ("val", "sz", "measure", "18.8.29 18.4.11"),
    ("left right top bottom", "fill gradientFill", "measure", "18.8.24"),
    ("position", "stop", "measure", "18.8.38"),
    ("val", "x y w h", "measure", "21.2.2.95"),
    ("degree", "gradientFill", "measure", "18.8.24"),
    ("iterateDelta", "calcPr", "measure", "18.2.2"),
    ("style", "shape rect roundrect oval line polyline arc curve group", "css", "Part 4 19.1.2"),
    ("style", "image shapetype textpath background shapedefaults", "css", "Part 4 19.1.2"),
    ("path v", "shape shapetype path arc", "path", "Part 4 19.1.2.14"),
    ("eqn", "f", "equation", "Part 4 19.1.2.6"),
    ("coordsize coordorigin", "*", "points", "Part 4 19.1.2.19"),
    ("adj", "*", "points", "Part 4 19.1.2.19"),
    ("limo textboxrect points from to control1 control2 position xrange yrange", "*", "points", "Part 4 19.1.2 19.2.2"),
    ("polar radiusrange inset offset offset2 origin focusposition focussize", "*", "points", "Part 4 19.1.2 19.2.2"),
    ("aspectratio strokeweight weight opacity opacity2 arcsize gain blacklevel", "*", "points", "Part 4 19.1.2 19.2.2"),
    ("gamma cropleft croptop cropright cropbottom connectlocs connectangles", "*", "points", "Part 4 19.1.2 19.2.2"),
    ("startangle endangle rotation rotationangle viewpoint viewpointorigin", "*", "points", "Part 4 19.1.2 19.2.2"),
    ("skewangle skewamt diffusity specularity brightness lightposition", "*", "points", "Part 4 19.1.2 19.2.2"),
    ("lightposition2 lightlevel lightlevel2 extrusionangle foredepth backdepth", "*", "points", "Part 4 19.1.2 19.2.2"),
    ("orientation orientationangle edge facet shininess matrix minusx minusy", "*", "points", "Part 4 19.1.2 19.2.2"),
    ("spid id", "*", "shapeid", "Part 4 19.1.2.19"),
    ("type", "shape", "shapeid", "Part 4 19.1.2.19"),
    ("data", "idmap", "points", "Part 4 19.2.2.14"),
    ("spidmax", "shapedefaults", "number", "Part 4 19.2.2.26"),
    ("relationids", "*", "points", "Part 4 19.2.2"),
    ("fillcolor strokecolor chromakey color2 colors shadowcolor extrusioncolor", "*", "colour", "Part 4 19.1.3"),
    ("paraId textId durableId", "*", "hex", "[MS-DOCX] 2.5"),
    ("dyDescent", "*", "measure", "[MS-XLSX] 2.6"),
    ("uid", "*", "guid", "[MS-XLSX] 2.6"),
    ("lastIdx", "*", "number", "[MS-XLSX] 2.6"),
    ("lastEdited lowestEdited rupBuild", "fileVersion", "number", "18.2.13"),
    ("val", "creationId modId rowId colId docId chartTrackingRefBased persistentDocumentId", "number hex guid",
     "[MS-ODRAWXML] 2.2"),
    ("displayedUnits", "*", "number", "[MS-XLSX] 2.6"),
    ("lastClr", "sysClr", "hex", "20.1.2.3.33"),
    ("val", "compatSetting", "number listed", "[MS-DOCX] 2.3"),
    ("val", "cnfStyle", "number", "17.18.7"),
    ("Id", "Relationship", "relation", "Part 2 6.5.3"),
    ("panose1", "*", "hex", "20.1.10.37"),
)  # fmt: skip


# Words of the addresses of kinds and spaces, and of the usual names of parts.
ADDRESSES = (
    "AlternateContent Choice Default External Fallback Ignorable Internal MustUnderstand Override PartnerControls "
    "ProcessContent Relationship Relationships Requires TargetMode Types XMLSchema aa ab ac ad aink am app "
    "application attachedTemplate bc bibliography bin calcChain calcfeatures cex chart chartUserShapes chartex "
    "charts chartsheet chartsheets cid colors com comments commentsExtended compatibility content contentType "
    "contenttype controlproperties core cp cr ctrlProp custom customXml customXmlProperties customXmlProps data "
    "dc dcmitype dcterms dd de dee dgm diagram diagrams docProps docPropsVTypes document documentManagement "
    "drawing drawingml drawings du eb elements embeddings emf endnotes excel extended extendedProperties "
    "externalLinks extlst fc fe ff fontTable footer footnotes forms gif glossary glossaryDocument header http "
    "https hyperlink image infopath ink instance intelligence internal jpeg jpg layout lc libreoffice mac main "
    "markup math mc media metaAttributes metadata microsoft mo model mp ms mv numbering obd obfuscatedFont oclc "
    "octet oel office officeDocument officedocument ooxml openxmlformats org package people persons pic picture "
    "pivotCache pivotCacheDefinition pivotCacheRecords pivotTable pivotTables pivotdefaultlayout plain png pr "
    "printerSettings properties purl queryTables quickStyles rdRichValue rdRichValueStructure rdRichValueTypes "
    "rdrichvalue rdrichvaluestructure rdrichvaluetypes relationships rels revision richValueRel richdata "
    "richvaluerel schemaLibrary schemas sdtdatahash sdtdh sdtfl sdtformatlock se settings sharedStrings "
    "sharepoint sheet sheetMetadata sle slicerCaches slicers spreadsheetDrawing spreadsheetml stream styles "
    "stylesWithEffects svg symex table tables terms text theme themeOverride thememl threadedComments thumbnail "
    "timelines types urn vml vmlDrawing vnd vt we webSettings wmf wne word wordart wordml wordprocessingCanvas "
    "wordprocessingDrawing wordprocessingGroup wordprocessingInk wordprocessingShape wordprocessingml workbook "
    "worksheet worksheets wp wpc wpg wpi wps www xcalcf xdr xl xm xml xne xr "
)


def main(folder: Path) -> None:
    """Print the table; write the words beside it."""
    schemas = Schemas(folder)
    found: dict[tuple[str, str], set[str] | None] = {}
    said_at: dict[tuple[str, str], set[str]] = defaultdict(set)
    for element, attribute, form, clause in schemas.attributes():
        schemas.words.update((element, attribute))
        key = attribute, element
        said_at[key].add(clause)
        before = found.get(key, set())
        found[key] = None if before is None or not form else before | form
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("attribute", "elements", "form", "clause"))
    out.writerows(sorted(_rows(found, said_at)))
    schemas.words.update(ADDRESSES.split(), _names(folder))
    Path("exclusions/data/office_words.txt").write_text("\n".join(sorted(schemas.words)) + "\n")


def _names(folder: Path) -> Iterator[str]:
    """Yield the names of all elements and attributes of every schema."""
    for path in folder.glob("*.xsd"):
        for node in etree.parse(path).getroot().iter(f"{XSD}element", f"{XSD}attribute"):
            if node.get("name"):
                yield node.get("name")


def _rows(
    found: dict[tuple[str, str], set[str] | None], said_at: dict[tuple[str, str], set[str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield the rows: an attribute of one form wherever it stands is told once."""
    table: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (attribute, element), forms in found.items():
        table[attribute, " ".join(sorted(forms or ()))].append(element)
    for (attribute, form), elements in table.items():
        everywhere = len({other for name, other in table if name == attribute}) == 1
        clause = ", ".join(sorted(set().union(*(said_at[attribute, element] for element in elements))))
        if form:
            yield attribute, "*" if everywhere else " ".join(sorted(elements)), form, clause
    for names, on, form, clause in SAID:
        for attribute in names.split():
            yield attribute, on, form, clause


class Schemas:
    """The schemas, each name in its own namespace, and the words that their lists allow."""

    def __init__(self, folder: Path) -> None:
        self.words = {"true", "false", "on", "off", "0", "1", "t", "f"}
        self.roots = {name: etree.parse(folder / name).getroot() for name in CLAUSES}
        self.named = {
            (root.get("targetNamespace"), node.tag, node.get("name")): (node, name)
            for name, root in self.roots.items()
            for node in root
            if isinstance(node.tag, str) and node.get("name")
        }

    def attributes(self) -> Iterator[tuple[str, str, set[str], str]]:
        """Yield each (element, attribute, forms, clause); no forms where anything may stand."""
        for root in self.roots.values():
            for element in root.iter(f"{XSD}element"):
                if not element.get("name"):
                    continue
                kind = self._find(element, f"{XSD}complexType", element.get("type"))
                for attribute in self._of(element if kind is None else kind, ()):
                    name = (attribute.get("name") or attribute.get("ref")).rpartition(":")[2]
                    yield element.get("name"), name, *self._type_of(attribute)

    def _find(self, node: Any, tag: str, name: str | None) -> Any:
        prefix, _, local = (name or "").rpartition(":")
        return self.named.get((node.nsmap.get(prefix or None), tag, local), (None, ""))[0]

    def _of(self, node: Any, seen: tuple[Any, ...]) -> Iterator[Any]:
        for part in node:
            tag = str(part.tag).removeprefix(XSD)
            if tag == "attribute":
                yield part
            elif tag == "attributeGroup" or tag in ("extension", "restriction"):
                kind = f"{XSD}attributeGroup" if tag == "attributeGroup" else f"{XSD}complexType"
                base = self._find(part, kind, part.get("ref") or part.get("base"))
                if base is not None and base not in seen:
                    yield from self._of(base, (*seen, base))
                yield from self._of(part, seen)
            elif tag in ("complexContent", "simpleContent", "complexType"):
                yield from self._of(part, seen)

    def _type_of(self, attribute: Any) -> tuple[set[str], str]:
        """Return the forms and the clause of an attribute."""
        if attribute.get("ref"):
            if attribute.get("ref").startswith("r:"):
                return {"relation"}, "22.8.2.1"
            attribute = self._find(attribute, f"{XSD}attribute", attribute.get("ref"))
            if attribute is None:
                return set(), ""
        inner = attribute.find(f"{XSD}simpleType")
        if inner is not None:
            return self._forms_of_node(inner), self._clause(inner)
        simple = self._find(attribute, f"{XSD}simpleType", attribute.get("type"))
        return self._forms(attribute, attribute.get("type")), self._clause(attribute if simple is None else simple)

    def _clause(self, node: Any) -> str:
        name = next(name for name, root in self.roots.items() if root is node.getroottree().getroot())
        return CLAUSES[name] if node.tag == f"{XSD}simpleType" else CLAUSES[name].rpartition(".")[0] or CLAUSES[name]

    def _forms(self, node: Any, name: str | None) -> set[str]:
        kind = (name or "").rpartition(":")[2]
        if kind in DESCRIBED:
            return set(DESCRIBED[kind].split())
        simple = self._find(node, f"{XSD}simpleType", name)
        if simple is not None:
            return self._forms_of_node(simple)
        built_in = {"boolean": {"listed"}, "hexBinary": {"hex"}, "dateTime": {"moment"}, "date": {"moment"}}
        return {"number"} if kind in INTEGERS else built_in.get(kind, set())

    def _forms_of_node(self, node: Any) -> set[str]:
        union, several = node.find(f"{XSD}union"), node.find(f"{XSD}list")
        if union is not None:
            members = [self._forms(node, member) for member in (union.get("memberTypes") or "").split()]
            members += [self._forms_of_node(inner) for inner in union.findall(f"{XSD}simpleType")]
            return set().union(*members) if all(members) else set()
        if several is not None:
            inner = self._forms(node, several.get("itemType"))
            return {"points"} if inner == {"number"} else inner
        restriction = node.find(f"{XSD}restriction")
        values = [value.get("value") for value in restriction.findall(f"{XSD}enumeration")]
        if values:
            self.words.update(values)
            return {"listed"}
        return self._forms(node, restriction.get("base"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
