"""Minutes of a committee meeting, two pages."""

from datetime import datetime, timezone

from fpdf import FPDF

HEAD = [("Date", "Thursday 7 May 2026, 7.00 pm to 8.35 pm"), ("Place", "Upstairs room, the Station Buffet"),
        ("Present", "Ngozi Adeleke (chair), Frances Tull (secretary), Pieter van Wyk (treasurer), Sam Ollerton, Hilary Joss"),
        ("Apologies", "Desmond Crake, Aoife Brannigan"), ("Also attending", "Councillor Ruth Semple (until item 4)")]
ITEMS = [
    ("Welcome and apologies", "The chair opened the meeting at 7.00 pm and welcomed Councillor Semple. Apologies were noted. The quorum of four was present."),
    ("Minutes of the previous meeting", "The minutes of 2 April 2026 were approved as a true record. Proposed by S. Ollerton, seconded by H. Joss."),
    ("Matters arising", "The broken bench at the east end has been mended by the youth workshop. The lamp at the steps is still out; F. Tull has reported it twice."),
    ("Public access to the viaduct", "Councillor Semple reported that the county will decide on the footpath order in July. She advised the group to collect letters from both parishes. "
     "Members discussed whether to ask for opening at night. It was agreed to ask for daylight hours first.\nRESOLVED: to support the order for daylight hours (five in favour, none against)."),
    ("Treasurer's report", "P. van Wyk presented the accounts. The balance on 30 April was 3,817.40, of which 1,500 is held for the lime mortar appeal. The plant sale raised 412.60. "
     "The report was accepted."),
    ("Mortar appeal", "Two quotations have been received and a third is expected. H. Joss explained that only lime mortar may be used on the piers. "
     "The committee agreed to wait for the third quotation and to decide by email before the end of May."),
    ("Open day, 13 June", "S. Ollerton has booked the brass band and the tea urn. Twelve volunteers are needed to marshal the parapet walk; eight have come forward. "
     "Children under ten must be accompanied. The first-aid tent will stand by the ticket office."),
    ("Any other business", "F. Tull asked whether the group should have a newsletter again. Members liked the idea. It was deferred to the next meeting."),
    ("Date of next meeting", "Thursday 4 June 2026, 7.00 pm, same place. The chair closed the meeting at 8.35 pm."),
]
ACTIONS = [("Report the lamp to the county a third time, in writing", "F. Tull", "15 May"), ("Collect letters of support in both parishes", "N. Adeleke", "30 June"),
           ("Chase the third mortar quotation", "H. Joss", "22 May"), ("Find four more marshals for the open day", "S. Ollerton", "5 June"),
           ("Move 1,500 to the deposit account", "P. van Wyk", "15 May")]


def build(path):
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2026, 5, 9, tzinfo=timezone.utc))
    pdf.set_title("Minutes of the committee meeting")
    pdf.set_margin(24)
    pdf.set_auto_page_break(True, 24)
    pdf.add_page()
    pdf.set_font("Times", "B", 18)
    pdf.multi_cell(0, 9, "Friends of the Viaduct\nMinutes of the committee meeting", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    for label, text in HEAD:
        pdf.set_font("Times", "B", 11)
        pdf.cell(32, 6, label)
        pdf.set_font("Times", "", 11)
        pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
    for number, (title, text) in enumerate(ITEMS, 1):
        pdf.ln(3)
        pdf.set_font("Times", "B", 12)
        pdf.cell(0, 7, f"{number}. {title}", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Times", "", 11)
        pdf.multi_cell(0, 5.6, text, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(5)
    pdf.set_font("Times", "B", 12)
    pdf.cell(0, 8, "Action items", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "", 11)
    with pdf.table(col_widths=(90, 40, 30), line_height=6.5) as table:
        for cells in [("Action", "Owner", "Due"), *ACTIONS]:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    pdf.ln(10)
    pdf.cell(0, 6, "Signed as a correct record: ______________________  (chair)     Date: ____________")
    pdf.output(path)
