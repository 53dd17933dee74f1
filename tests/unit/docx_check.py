"""docx_check.py FILE: whether a DOCX holds together; prints its text, a line for each paragraph, cells of a row with | between."""
import sys
import xml.etree.ElementTree as tree
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
P = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def need(ok, why):
    if not ok:
        sys.exit("docx_check: " + why)


def text(p):
    return "".join(e.text or "" if e.tag == W + "t" else "\\" for e in p.iter() if e.tag in (W + "t", W + "br"))


def lines(parent):
    for e in parent:
        if e.tag == W + "p":
            yield text(e)
        elif e.tag == W + "tbl":
            for row in e.iter(W + "tr"):
                yield "|".join("/".join(lines(c)) for c in row.iter(W + "tc"))


def check_links(z, parts):
    names = set(z.namelist())
    for name in names:
        if not name.endswith(".rels"):
            continue
        base = name.replace("_rels/", "").rsplit("/", 1)[0] + "/" if "word/" in name else ""
        ids = [r.get("Id") for r in parts[name].iter(P + "Relationship")]
        need(len(ids) == len(set(ids)), "an id twice in " + name)
        for r in parts[name].iter(P + "Relationship"):
            need(r.get("TargetMode") == "External" or base + r.get("Target") in names, r.get("Target") + " is missing")
    types = {o.get("PartName") for o in parts["[Content_Types].xml"] if o.get("PartName")}
    need(types == {"/" + n for n in names if not n.endswith(".rels") and not n.startswith("[")}, "types and parts differ")


def check_document(parts):
    doc = parts["word/document.xml"]
    links = {r.get("Id") for r in parts["word/_rels/document.xml.rels"]}
    styles = {s.get(W + "styleId") for s in parts["word/styles.xml"].iter(W + "style")}
    kinds = {n.get(W + "abstractNumId") for n in parts["word/numbering.xml"].iter(W + "abstractNum")}
    nums = {n.get(W + "numId"): n.find(W + "abstractNumId").get(W + "val") for n in parts["word/numbering.xml"].iter(W + "num")}
    need(set(nums.values()) <= kinds, "a list of an unknown kind")
    for e in doc.iter():
        if e.tag in (W + "pStyle", W + "rStyle", W + "tblStyle"):
            need(e.get(W + "val") in styles, "style " + e.get(W + "val"))
        elif e.tag == W + "numId":
            need(e.get(W + "val") in nums, "list " + e.get(W + "val"))
        elif e.tag == W + "hyperlink":
            need(e.get(R + "id") in links, "link " + e.get(R + "id"))
        elif e.tag == W + "tc":
            need(e[-1].tag == W + "p", "a cell that does not end with a paragraph")
        elif e.tag == W + "tbl":
            cols = len(e.find(W + "tblGrid"))
            for row in e.iter(W + "tr"):
                spans = [s.get(W + "val") if s is not None else 1 for s in (c.find(f"{W}tcPr/{W}gridSpan") for c in row.findall(W + "tc"))]
                need(sum(map(int, spans)) == cols, "a row of another width than its table")
    need(doc[0][-1].tag == W + "sectPr" and doc[0][-2].tag == W + "p", "the end of the document")
    return doc[0]


def main():
    with zipfile.ZipFile(sys.argv[1]) as z:
        need(z.testzip() is None, "a part is damaged")
        need(z.namelist()[0] == "[Content_Types].xml", "the first part")
        need(all(i.date_time[:3] == (1980, 1, 1) for i in z.infolist()), "a time in the container")
        parts = {n: tree.fromstring(z.read(n)) for n in z.namelist()}
        check_links(z, parts)
        body = check_document(parts)
        for e in parts["docProps/core.xml"]:
            print(e.tag.rpartition("}")[2] + ": " + (e.text or ""))
    for line in lines(body):
        print(line)


main()
