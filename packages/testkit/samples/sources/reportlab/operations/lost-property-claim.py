"""Fillable form (AcroForm) of a railway's lost-property office."""

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

SECTIONS = [
    ("1. Your details (block capitals please)", [["Surname *", "First name(s) *"], ["Address *"], ["Postcode *", "Telephone (daytime)"], ["Email address"]]),
    ("2. Your journey", [["Date of travel *", "Departure time"], ["From station *", "To station *"], ["Coach and seat, if known", "Ticket number"]]),
    ("3. The lost item", [["Describe the item: make, colour, size, contents *"], [""], ["Serial number or distinguishing marks", "Estimated value"]]),
]
CHOICES = ["Bag or case", "Telephone or tablet", "Clothing", "Keys or wallet", "Musical instrument", "Other"]
HEIGHT = 8 * mm


def heading(canvas, y, text):
    canvas.setFillColor(colors.HexColor("#1d3557"))
    canvas.rect(20 * mm, y - 2 * mm, 170 * mm, 7 * mm, stroke=0, fill=1)
    canvas.setFillColor(colors.white)
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(22 * mm, y, text)
    canvas.setFillColor(colors.black)


def field(canvas, name, label, x, y, width):
    canvas.setFont("Helvetica", 8)
    canvas.drawString(x, y + HEIGHT + 1.2 * mm, label)
    canvas.acroForm.textfield(name=name, tooltip=label, x=x, y=y, width=width, height=HEIGHT, borderWidth=.5, fontSize=10,
                              borderColor=colors.grey, fillColor=colors.HexColor("#f7f9fb"))


def build(path):
    canvas = Canvas(path, pagesize=A4, invariant=1)
    canvas.setTitle("Lost property claim form")
    canvas.setFont("Helvetica-Bold", 17)
    canvas.drawString(20 * mm, 277 * mm, "Lost property claim form")
    canvas.setFont("Helvetica", 9)
    canvas.drawString(20 * mm, 271 * mm, "Moorland & Coast Railway · Form LP1 (rev. 2026) · Fields marked * are required")
    canvas.drawString(20 * mm, 266 * mm, "Please complete one form for each item and hand it in at any staffed station, or post it to the address below.")
    y, number = 257 * mm, 0
    for title, rows in SECTIONS:
        heading(canvas, y, title)
        y -= 15 * mm
        for row in rows:
            width = (170 * mm - 4 * mm * (len(row) - 1)) / len(row)
            for column, label in enumerate(row):
                number += 1
                field(canvas, f"field{number:02d}", label, 20 * mm + column * (width + 4 * mm), y, width)
            y -= 13.5 * mm
        y += 3 * mm
    canvas.setFont("Helvetica", 8)
    canvas.drawString(20 * mm, y + 6 * mm, "Tick the kind of item:")
    for index, label in enumerate(CHOICES):
        x, row = 52 * mm + (index % 3) * 46 * mm, y + 5 * mm - (index // 3) * 7 * mm
        canvas.acroForm.checkbox(name=f"kind{index}", tooltip=label, x=x, y=row, size=11, borderWidth=.6)
        canvas.drawString(x + 15, row + 2.5, label)
    y -= 14 * mm
    heading(canvas, y, "4. Declaration")
    canvas.setFont("Helvetica", 8.5)
    canvas.drawString(20 * mm, y - 8 * mm, "I declare that the item described above belongs to me, or that I claim it for its owner, and that the information given is true.")
    field(canvas, "signature", "Signature of applicant *", 20 * mm, y - 24 * mm, 110 * mm)
    field(canvas, "date", "Date (DD/MM/YYYY) *", 134 * mm, y - 24 * mm, 56 * mm)
    canvas.setFont("Helvetica-Oblique", 8)
    canvas.drawString(20 * mm, 20 * mm, "Office use only:  Received by ____________   Reference LP- ____________   Shelf ______   Fee paid  [  ]   Returned on ____________")
    canvas.setFont("Helvetica", 7.5)
    canvas.drawString(20 * mm, 13 * mm, "Lost Property Office, Platform 1, Heathergate Station. We keep items for 90 days. Your details are deleted one year after the claim is closed.")
    canvas.save()
