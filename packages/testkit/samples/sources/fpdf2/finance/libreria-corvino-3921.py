"""Receipt of a bookshop on a narrow roll, in Italian."""

from datetime import datetime, timezone

from fpdf import FPDF

FONTS = "/usr/share/fonts/truetype/dejavu"
ITEMS = [("Atlante dei venti", 1, 24.00), ("Quaderno a righe A5", 3, 4.50), ("Matita 2B", 4, 1.20), ("Segnalibro in cuoio", 1, 7.90)]


def euro(value):
    return f"{value:.2f}".replace(".", ",")


def build(path):
    pdf = FPDF(format=(80, 165))
    pdf.set_creation_date(datetime(2026, 3, 21, 17, 42, tzinfo=timezone.utc))
    pdf.set_title("Scontrino 3921")
    pdf.set_margin(6)
    pdf.set_auto_page_break(False)
    pdf.add_font("mono", "", f"{FONTS}/DejaVuSansMono.ttf")
    pdf.add_font("mono", "B", f"{FONTS}/DejaVuSansMono-Bold.ttf")
    pdf.add_page()

    def centre(text, style="", size=8):
        pdf.set_font("mono", style, size)
        pdf.cell(0, 4.4, text, align="C", new_x="LMARGIN", new_y="NEXT")

    def pair(left, right, style=""):
        pdf.set_font("mono", style, 8)
        pdf.cell(46, 4.6, left)
        pdf.cell(0, 4.6, right, align="R", new_x="LMARGIN", new_y="NEXT")

    def rule():
        centre("-" * 38, size=7.5)

    centre("LIBRERIA CORVINO", "B", 12)
    centre("di Elvira Corvino")
    centre("Vicolo del Pozzo 7, Borgo Sereno")
    centre("P. IVA 00000390210")
    centre("Tel. 000 555 0139")
    rule()
    centre("DOCUMENTO COMMERCIALE", "B")
    centre("di vendita o prestazione")
    rule()
    pair("DESCRIZIONE", "PREZZO €", "B")
    total = 0
    for name, quantity, price in ITEMS:
        total += quantity * price
        if quantity > 1:
            pair(f"  {quantity} x {euro(price)}", "")
        pair(name, euro(quantity * price))
    rule()
    pair("SUBTOTALE", euro(total))
    pair("Sconto tessera lettori", "-" + euro(2.00))
    pair("TOTALE COMPLESSIVO", euro(total - 2), "B")
    pair("di cui IVA", euro(4.72))
    rule()
    pair("Contanti", euro(50))
    pair("Resto", euro(50 - (total - 2)))
    pair("Importo pagato", euro(total - 2))
    rule()
    pair("21/03/2026 18:42", "Cassa 1")
    pair("Documento n.", "0391-0042")
    pair("Operatore", "Nerina")
    pdf.ln(3)
    centre("Cambio entro 14 giorni")
    centre("con questo scontrino")
    centre("Grazie e buona lettura!", "B")
    pdf.output(path)
