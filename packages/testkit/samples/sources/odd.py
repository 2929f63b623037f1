"""The files that a reader trips over: a scan, locked, damaged, doubled, empty and foreign ones."""

import hashlib
import io
import shutil
import zipfile
from datetime import datetime

import pikepdf
import pypdfium2
from docx import Document
from PIL import Image, ImageChops

PASSWORD = "quarry-steps-2"


def speckle(size):
    """A grey picture of faint noise, the same at every run."""
    count = size[0] * size[1]
    noise = hashlib.shake_128(b"paper grain").digest(count)
    return Image.frombytes("L", size, noise).point(lambda value: 232 + value // 11)


def scan(source, target):
    """An image-only PDF: one grey JPEG of the first page at 110 dpi, a little askew."""
    page = pypdfium2.PdfDocument(source)[0].render(scale=110 / 72).to_pil().convert("L")
    paper = page.rotate(0.7, resample=Image.BICUBIC, fillcolor=255)
    paper = ImageChops.multiply(paper, speckle(paper.size))
    jpeg = io.BytesIO()
    paper.save(jpeg, "JPEG", quality=38)
    with pikepdf.new() as pdf:
        box = [0, 0, 595, 842]
        image = pikepdf.Stream(pdf, jpeg.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=paper.width, Height=paper.height,
                               ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode)
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=box, Resources=resources, Contents=pikepdf.Stream(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q"))
        pdf.pages.append(pikepdf.Page(page))
        pdf.docinfo["/Producer"] = "Flatbed 7"
        pdf.save(target, deterministic_id=True)


def lock(path, user, aes256):
    """AES-256 (revision 6) draws its key and salts at random; RC4-128 (revision 3) gives the same bytes each time."""
    kind = pikepdf.Encryption(user=user, owner="archive-desk", R=6) if aes256 else pikepdf.Encryption(
        user=user, owner="archive-desk", R=3, aes=False, metadata=False)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=kind, static_id=True)


def break_xref(path):
    """Misspells the table and points startxref elsewhere: the objects can still be found by scanning."""
    data = path.read_bytes()
    table = data.rindex(b"\nxref\n")
    start = data.rindex(b"startxref\n")
    path.write_bytes(data[:table] + b"\nxrxf\n" + data[table + 6:start] + b"startxref\n7\n%%EOF\n")


def damaged(target):
    garbage = hashlib.shake_256(b"line noise").digest(9000)
    target.write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + garbage)


def word_file(target):
    document = Document()
    properties = document.core_properties
    properties.author, properties.title = "S. Aubrac", "Planting day"
    properties.created = properties.modified = datetime(2026, 3, 2)
    document.add_heading("Planting day: notes", 1)
    document.add_paragraph("Saturday 21 March, ten o'clock, at the north path. Bring gloves and a spade if you have one.")
    for line in ("Forty hazel whips and six crab apples arrive on Friday.", "Theo brings the water tank.", "Soup at one o'clock in the garden room."):
        document.add_paragraph(line, style="List Bullet")
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as parts, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            fixed.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 0, 0, 0)), parts.read(name), zipfile.ZIP_DEFLATED)


def make_all(documents):
    incoming = documents / "incoming"
    incoming.mkdir(exist_ok=True)
    scan(documents / "office/to-the-ringers.pdf", incoming / "scan-0007.pdf")
    lock(documents / "finance/extracto-mayo.pdf", user="", aes256=False)
    lock(incoming / "offer-letter-confidential.pdf", user=PASSWORD, aes256=True)
    break_xref(incoming / "minutes-friends-of-the-viaduct.pdf")
    damaged(incoming / "fax-0231.pdf")
    word_file(incoming / "planting-day.docx")
    shutil.copyfile(documents / "finance/invoice-nordlicht-solar.pdf", incoming / "Kopie von invoice-nordlicht-solar.pdf")
    (incoming / "upload-interrupted.pdf").write_bytes(b"")
