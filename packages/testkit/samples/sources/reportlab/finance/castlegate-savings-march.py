"""Bank statement, two pages: a running balance computed from the list of movements."""

from decimal import Decimal

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

OPENING = Decimal("2418.07")
MOVEMENTS = [
    ("02 Mar", "Card payment  Bluebell Bakery, Thornmouth", "-6.40"),
    ("02 Mar", "Direct debit  Wendle Valley Water", "-31.18"),
    ("03 Mar", "Standing order  Rent, 14B Cooper Row", "-865.00"),
    ("04 Mar", "Card payment  Mercer & Daughters Grocers", "-48.22"),
    ("05 Mar", "Contactless  Northline Buses", "-4.60"),
    ("06 Mar", "Transfer in  R. Ashdown, concert tickets", "58.00"),
    ("09 Mar", "Direct debit  Sparrow Mobile", "-14.00"),
    ("09 Mar", "Card payment  The Paper Lantern restaurant", "-41.75"),
    ("10 Mar", "Cash withdrawal  Market Square", "-60.00"),
    ("11 Mar", "Card payment  Hobb's Hardware", "-22.95"),
    ("12 Mar", "Direct debit  Fenland Energy", "-96.40"),
    ("13 Mar", "Contactless  Northline Buses", "-4.60"),
    ("16 Mar", "Card payment  Mercer & Daughters Grocers", "-52.81"),
    ("17 Mar", "Direct debit  City council tax", "-128.00"),
    ("18 Mar", "Refund  Hobb's Hardware", "9.50"),
    ("19 Mar", "Card payment  Wheelhouse Cinema", "-19.00"),
    ("20 Mar", "Transfer out  Holiday savings pot", "-150.00"),
    ("23 Mar", "Card payment  Gull Street Dental", "-66.30"),
    ("24 Mar", "Direct debit  Home contents insurance", "-11.87"),
    ("25 Mar", "Card payment  Mercer & Daughters Grocers", "-39.16"),
    ("26 Mar", "Contactless  Northline Buses", "-4.60"),
    ("27 Mar", "Salary  Thornmouth Museum Trust", "2164.33"),
    ("30 Mar", "Direct debit  Allotment Society", "-8.00"),
    ("31 Mar", "Gross interest", "1.12"),
]
TEAL = colors.HexColor("#0b525b")
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=12.5)


def rows():
    balance = OPENING
    yield ["Date", "Description", "Money out", "Money in", "Balance"]
    yield ["01 Mar", "Balance brought forward", "", "", f"{balance:,.2f}"]
    for date, text, amount in MOVEMENTS:
        value = Decimal(amount)
        balance += value
        paid = [f"{-value:,.2f}", ""] if value < 0 else ["", f"{value:,.2f}"]
        yield [date, text, *paid, f"{balance:,.2f}"]
    yield ["31 Mar", "Balance carried forward", "", "", f"{balance:,.2f}"]


def total(sign):
    return abs(sum(v for v in (Decimal(m[2]) for m in MOVEMENTS) if (v > 0) == (sign > 0)))


def frame(canvas, document):
    canvas.setFillColor(TEAL)
    canvas.rect(0, A4[1] - 24 * mm, A4[0], 24 * mm, stroke=0, fill=1)
    canvas.setFillColor(colors.white)
    canvas.setFont("Helvetica-Bold", 17)
    canvas.drawString(20 * mm, A4[1] - 15 * mm, "Castlegate Savings Bank")
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(A4[0] - 20 * mm, A4[1] - 15 * mm, "Statement of account")
    canvas.setFillColor(colors.grey)
    canvas.drawString(20 * mm, 12 * mm, "Castlegate Savings Bank, 1 Castlegate, Thornmouth. Deposits are protected up to the statutory limit.")
    canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, f"Page {document.page} of 2")


def build(path):
    document = SimpleDocTemplate(path, pagesize=A4, topMargin=32 * mm, bottomMargin=22 * mm, leftMargin=20 * mm,
                                 rightMargin=20 * mm, title="Statement of account", author="Castlegate Savings Bank", invariant=1)
    lines = list(rows())
    head = Table([[Paragraph("Ms Imogen Fairweather<br/>14B Cooper Row<br/>Thornmouth TM2 7LP", BODY),
                   Paragraph("<b>Current account</b><br/>Sort code 00-30-12 &nbsp; Account number 00726318<br/>"
                             "IBAN GB00 CAST 0030 1200 7263 18<br/>Statement period: 1 March to 31 March 2026<br/>Statement number 63", BODY)]],
                 colWidths=[80 * mm, 90 * mm])
    summary = Table([["Opening balance", "Total paid out", "Total paid in", "Closing balance"],
                     [f"£{OPENING:,.2f}", f"£{total(-1):,.2f}", f"£{total(1):,.2f}", f"£{lines[-1][4]}"]], colWidths=[42.5 * mm] * 4)
    summary.setStyle(TableStyle([("FONT", (0, 0), (-1, 0), "Helvetica", 8), ("FONT", (0, 1), (-1, 1), "Helvetica-Bold", 11),
                                 ("BOX", (0, 0), (-1, -1), .7, TEAL), ("TEXTCOLOR", (0, 0), (-1, 0), colors.grey)]))
    table = Table(lines, colWidths=[18 * mm, 84 * mm, 22 * mm, 22 * mm, 24 * mm], repeatRows=1)
    table.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), "Helvetica", 8.5), ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8.5),
                               ("ALIGN", (2, 0), (-1, -1), "RIGHT"), ("LINEBELOW", (0, 0), (-1, -1), .3, colors.lightgrey),
                               ("LINEBELOW", (0, 0), (-1, 0), 1, TEAL), ("TOPPADDING", (0, 0), (-1, -1), 7), ("BOTTOMPADDING", (0, 0), (-1, -1), 7)]))
    notes = Paragraph("<b>Overdraft.</b> You have an arranged overdraft of £500.00. The annual interest rate on it is 28.9%. You did not use it in this period.<br/><br/>"
                      "<b>Check your statement.</b> If a transaction does not look right, call us on 000 555 0126 within thirteen months. "
                      "Interest on credit balances is 0.75% AER and is paid on the last day of the month.", BODY)
    document.build([head, Spacer(1, 6 * mm), summary, Spacer(1, 6 * mm), table, Spacer(1, 8 * mm), notes], onFirstPage=frame, onLaterPages=frame)
