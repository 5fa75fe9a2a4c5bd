import { setImmediate } from "node:timers/promises";
import Pdf from "pdfkit";
import type { PdfPage, PdfText } from "../primitives/pdf.ts";
import { drawPicture } from "./picture.ts";

/** What the faces that every reader of PDF has can say (Windows-1252); other scripts are drawn. */
const WRITTEN = /^[\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/;
const PIXELS_PER_POINT = 4;
const LINE = 1.3;

/** Prints pages. Between two of them others have their turn. */
export async function printPdf(title: string, pages: Iterable<PdfPage>): Promise<Buffer> {
  const pdf = new Pdf({ autoFirstPage: false, margin: 0, info: { Title: title } });
  const chunks: Buffer[] = [];
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<void>((resolve, reject) => {
    pdf.on("end", resolve);
    pdf.on("error", reject);
  });
  for (const page of pages) {
    await printPage(pdf, page);
    await setImmediate();
  }
  pdf.end();
  await done;
  return Buffer.concat(chunks);
}

async function printPage(pdf: PDFKit.PDFDocument, { width, height, parts }: PdfPage): Promise<void> {
  pdf.addPage({ size: [width, height], margin: 0 });
  let paint = "";
  for (const part of parts) {
    // Boxes of one colour in a row are filled together: a page has thousands of them.
    if (paint !== "" && (part.kind !== "box" || part.color !== paint)) pdf.fill(paint);
    paint = part.kind === "box" ? part.color : "";
    if (part.kind === "box") pdf.rect(part.x, part.y, part.width, part.height);
    else if (part.kind === "line")
      pdf.moveTo(part.fromX, part.fromY).lineTo(part.toX, part.toY).lineWidth(0.25).stroke(part.color);
    else await printText(pdf, part);
  }
  if (paint !== "") pdf.fill(paint);
}

async function printText(pdf: PDFKit.PDFDocument, part: PdfText): Promise<void> {
  const { text, x, y, width, isBold, sizes, color } = part;
  const smallest = sizes.at(-1) ?? 1;
  if (!WRITTEN.test(text)) return drawText(pdf, part, smallest);
  pdf.font(isBold ? "Helvetica-Bold" : "Helvetica");
  const size = sizes.find((one) => pdf.fontSize(one).widthOfString(text) <= width) ?? smallest;
  pdf.fontSize(size).fillColor(color);
  pdf.text(text, x, y, { width, height: size * LINE, align: "center", ellipsis: true, lineBreak: true });
}

async function drawText(pdf: PDFKit.PDFDocument, part: PdfText, smallest: number): Promise<void> {
  const { text, x, y, width, isBold, sizes, color } = part;
  const height = (sizes[0] ?? smallest) * LINE;
  const picture = await drawPicture({
    width: Math.ceil(width * PIXELS_PER_POINT),
    height: Math.ceil(height * PIXELS_PER_POINT),
    color: "#ffffff",
    parts: [
      {
        ...{ kind: "text", text, x: 0, y: (sizes[0] ?? smallest) * PIXELS_PER_POINT, align: "left" },
        ...{ width: width * PIXELS_PER_POINT, face: "sans", weight: isBold ? 600 : 400, linesMax: 1, color },
        sizes: sizes.map((one) => one * PIXELS_PER_POINT),
      },
    ],
  });
  pdf.image(picture, x, y, { width, height });
}
