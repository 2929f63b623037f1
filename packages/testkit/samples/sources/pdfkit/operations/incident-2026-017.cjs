// Incident report of a data centre, with a timeline table.
const { createWriteStream } = require("node:fs");
const PDFDocument = require("pdfkit");

const timeline = [
  ["06:14", "Chiller 2 trips on low refrigerant pressure. Chiller 1 takes the full load."],
  ["06:31", "Supply air reaches 27 °C in aisle C. First alarm is sent to the night desk."],
  ["06:52", "Desk operator restarts chiller 2. It runs for four minutes and trips again."],
  ["07:20", "Supply air reaches 32 °C. Batch jobs are stopped on 140 servers."],
  ["07:45", "Portable units arrive from the east building and are ducted to aisle C."],
  ["08:30", "Supply air is below 26 °C. Batch jobs are started again in two groups."],
  ["11:05", "Refrigerant leak is found at a flare joint and repaired."],
];
const sections = [
  ["Summary", "On 3 July 2026 one of two chillers in hall 2 failed for four hours and fifty-one minutes. The hall stayed in service, but 140 of its 620 servers were idle for seventy minutes. No data was lost and no hardware was damaged. The cause was a leaking joint that had been tightened, not replaced, at the service in March."],
  ["Impact", "Eleven research groups lost 1,630 node hours of computing. Interactive services were not affected. The cost of portable cooling, overtime and refrigerant is estimated at 4,900 euros."],
];
const closing = [
  ["Root cause", "The flare joint on the liquid line of chiller 2 had a hairline crack. Vibration measurements show that the pump mounting, changed in 2025, doubled the movement of the line. The pressure trend had been falling for nine days, but the alarm was set to the trip point and gave no early warning."],
  ["What went well", "The night desk followed the runbook and stopped the right jobs first. Portable units were ready and fitted the ducts."],
  ["Recommendations", "1. Replace all six flare joints with brazed joints before August.\n2. Set a warning at 80% of the trip pressure on both chillers.\n3. Fit the softer pump mounting that the manufacturer recommends.\n4. Rehearse the stopping of batch jobs twice a year.\n5. Report progress to the operations board on 15 September."],
  ["Conclusion", "The design tolerated the loss of one chiller on a cool morning. On a hot afternoon it would not have done so. The recommendations remove the cause and give at least a day of warning for similar faults."],
];

const doc = new PDFDocument({
  size: "A4",
  margin: 60,
  info: { Title: "Incident report 2026-017", CreationDate: new Date("2026-07-10T09:00:00Z") },
});
doc.pipe(createWriteStream(process.argv[2]));

const section = ([title, text]) => {
  doc.moveDown(0.8).font("Helvetica-Bold").fontSize(13).fillColor("#22577a").text(title, 60);
  doc.moveDown(0.2).font("Helvetica").fontSize(10.5).fillColor("#222").text(text, { align: "left", lineGap: 2.5 });
};

doc.font("Helvetica-Bold").fontSize(20).fillColor("#22577a").text("Incident report 2026-017");
doc.font("Helvetica").fontSize(11).fillColor("#555").text("Loss of cooling in hall 2 · Ravensmoor Computing Centre");
doc.text("Prepared by Zofia Marek, facilities · 10 July 2026 · Final");
sections.forEach(section);
section(["Timeline", "Table 1. Events on 3 July 2026, local time."]);
doc.moveDown(0.4);
for (const [index, [time, text]] of timeline.entries()) {
  const y = doc.y;
  if (index % 2 === 0) doc.rect(60, y - 2, 475, 20).fill("#e8f1f2");
  doc.fillColor("#222").font("Helvetica-Bold").fontSize(10).text(time, 66, y + 2);
  doc.font("Helvetica").text(text, 112, y + 2, { width: 420, lineBreak: false });
  doc.y = y + 20;
}
closing.forEach(section);
doc.end();
