"""PDF/A-3a and PDF/UA-1 at once: what the renderer's PDF/A lacks to be accessible by name as well.

The renderer writes one conformance or the other. A file may claim both; the second claim needs a
schema of its own in the metadata, since PDF/A allows no property that is not described.
"""

from __future__ import annotations

from typing import Any

ACCESSIBLE_ARCHIVE = "pdf/a-3a+ua-1"
"""Both at once: for keeping (ISO 19005-3, level A) and for everybody (ISO 14289-1)."""

VARIANTS = {ACCESSIBLE_ARCHIVE: "pdf/a-3a", "pdf/ua-1": "pdf/ua-1"}
"""The renderer's variant of each profile."""

_END = b"</rdf:RDF>"
_CLAIM = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the file follows</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def claims_both(_document: Any, pdf: Any) -> None:
    """Let a finished PDF/A say that it is PDF/UA too, and name each attachment once.

    A finisher of the renderer: it is handed the document and the PDF before that is written.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False  # readers of archives look for it in the bare file
    metadata.stream = [part.replace(_END, _CLAIM + _END) for part in metadata.stream]
    if "AF" in pdf.catalog:
        once = list(dict.fromkeys(pdf.catalog["AF"]))
        pdf.catalog["AF"][:] = once
