"""Purchase order of a hospital kitchen."""

from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

ITEMS = [
    ("BW-0140", "Insulated tray cover, stackable, slate", 240, 6.15),
    ("BW-0722", "Soup bowl 10 oz, reusable polypropylene", 400, 1.92),
    ("BW-1003", "Adapted cutlery set, weighted", 36, 21.40),
    ("BW-2210", "Tray trolley, 20 tiers, antimicrobial grips", 2, 1180.00),
    ("BW-9001", "Spare castor, braked, 5 in", 8, 14.75),
]


def lines(canvas, x, y, texts, size=9.5, leading=13):
    for text in texts:
        canvas.setFont("Helvetica-Bold" if text.isupper() and size < 9 else "Helvetica", size)
        canvas.drawString(x, y, text)
        y -= leading


def build(path):
    canvas = Canvas(path, pagesize=letter, invariant=1)
    canvas.setTitle("Purchase order 77120")
    canvas.setFont("Times-Bold", 22)
    canvas.drawString(inch, 10 * inch, "Saint Orla Hospital")
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawRightString(7.5 * inch, 10 * inch, "PURCHASE ORDER")
    canvas.setLineWidth(2)
    canvas.line(inch, 9.85 * inch, 7.5 * inch, 9.85 * inch)
    lines(canvas, inch, 9.55 * inch, ["VENDOR"], 8)
    lines(canvas, inch, 9.38 * inch, ["Brightwater Catering Supply", "8800 Depot Road, Building C", "Easton Falls", "Attn: Order desk"])
    lines(canvas, 3.2 * inch, 9.55 * inch, ["SHIP TO"], 8)
    lines(canvas, 3.2 * inch, 9.38 * inch, ["Saint Orla Hospital", "Loading dock 3, Kitchen stores", "51 Mercy Street, Easton Falls", "Receiving hours 6 am to 2 pm"])
    lines(canvas, 5.5 * inch, 9.55 * inch, ["PO number: 77120", "PO date: June 2, 2026", "Requisition: KIT-26-091", "Buyer: Dolores Quimby", "Delivery by: June 19, 2026"])
    lines(canvas, inch, 8.4 * inch, ["Payment terms: Net 45     Freight: prepaid, FOB destination     Ship via: vendor truck"], 9)
    data = [["Line", "Item no.", "Description", "Qty", "Unit", "Unit price", "Extended"]]
    total = 0
    for number, (code, text, quantity, price) in enumerate(ITEMS, 1):
        total += quantity * price
        data.append([number, code, text, quantity, "EA", f"${price:,.2f}", f"${quantity * price:,.2f}"])
    data += [["", "", "", "", "", "Subtotal", f"${total:,.2f}"], ["", "", "", "", "", "Sales tax", "exempt"], ["", "", "", "", "", "Order total", f"${total:,.2f}"]]
    table = Table(data, colWidths=[.4 * inch, .8 * inch, 2.75 * inch, .45 * inch, .4 * inch, .8 * inch, .9 * inch])
    table.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), "Helvetica", 9), ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8.5),
                               ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#dfe7ec")), ("GRID", (0, 0), (-1, len(ITEMS)), .4, colors.grey),
                               ("ALIGN", (3, 0), (-1, -1), "RIGHT"), ("FONT", (5, -1), (-1, -1), "Helvetica-Bold", 10), ("LINEABOVE", (5, -1), (-1, -1), 1, colors.black)]))
    _, height = table.wrapOn(canvas, 6.5 * inch, 6 * inch)
    table.drawOn(canvas, inch, 8.15 * inch - height)
    lines(canvas, inch, 5.2 * inch, [
        "1. Show the purchase order number on every packing slip, carton and invoice.",
        "2. Send invoices to accounts.payable@saintorla.example. Do not ship back orders without approval.",
        "3. Notify the buyer at once if the delivery date cannot be met. We may cancel lines that are more than ten days late.",
        "4. Goods are accepted after inspection. Rejected goods are returned at the vendor's expense.",
        "5. This order is subject to the hospital's standard terms of purchase, which the vendor accepts by shipping.",
    ], 8.5, 15)
    canvas.setLineWidth(.6)
    canvas.line(inch, 3.5 * inch, 4 * inch, 3.5 * inch)
    canvas.line(4.6 * inch, 3.5 * inch, 7.5 * inch, 3.5 * inch)
    lines(canvas, inch, 3.34 * inch, ["Authorized signature, Purchasing"], 8)
    lines(canvas, 4.6 * inch, 3.34 * inch, ["Vendor acknowledgement and date"], 8)
    canvas.save()
