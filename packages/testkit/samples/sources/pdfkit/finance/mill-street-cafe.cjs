// Till receipt of a café, on a roll 72 mm wide.
const { createWriteStream } = require("node:fs");
const PDFDocument = require("pdfkit");

const items = [
  ["Flat white", 2, 3.4],
  ["Cheese scone", 2, 2.95],
  ["Leek & potato soup", 1, 6.5],
  ["Elderflower presse", 1, 3.25],
];
const width = 204;
const total = items.reduce((sum, [, quantity, price]) => sum + quantity * price, 0);

const doc = new PDFDocument({
  size: [width, 330],
  margin: 14,
  info: { Title: "Receipt 104482", CreationDate: new Date("2026-02-14T12:51:00Z") },
});
doc.pipe(createWriteStream(process.argv[2]));

const centre = (text, size = 9, font = "Courier") =>
  doc.font(font).fontSize(size).text(text, 14, doc.y, { width: width - 28, align: "center" });
const pair = (left, right, font = "Courier") => {
  const y = doc.y;
  doc.font(font).fontSize(8.5).text(left, 14, y, { width: width - 28 });
  doc.text(right, 14, y, { width: width - 28, align: "right" });
};
const rule = () => centre("- - - - - - - - - - - - - - - - -", 8);

centre("MILL STREET CAFE", 13, "Courier-Bold");
centre("12 Mill Street, Upper Wendle");
centre("Tel 000 555 0112");
centre("VAT Reg 000 4482 11");
rule();
pair("14/02/2026 12:51", "Till 02");
pair("Receipt 104482", "Table 7");
pair("Served by", "Marta");
rule();
for (const [name, quantity, price] of items) {
  pair(`${quantity} ${name}`, (quantity * price).toFixed(2));
}
rule();
pair("Subtotal", total.toFixed(2));
pair("Loyalty card", "-1.00");
pair("TOTAL GBP", (total - 1).toFixed(2), "Courier-Bold");
pair("incl. VAT 20%", ((total - 1) / 6).toFixed(2));
rule();
pair("VISA CONTACTLESS", (total - 1).toFixed(2));
pair("Card", "**** **** **** 0418");
pair("Auth code", "7F21C9");
pair("Change", "0.00");
rule();
doc.moveDown(0.5);
centre("CUSTOMER COPY");
centre("Please retain for your records");
doc.moveDown(0.5);
centre("Thank you, see you again soon!", 8, "Courier-Bold");
doc.end();
