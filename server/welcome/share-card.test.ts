import { createCanvas, type Image, loadImage } from "@napi-rs/canvas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { startWelcomeServer, type WelcomeServer } from "../../tests/support/welcome-server.ts";
import { drawPicture } from "../platform/picture.ts";
import { type ShareCard, shareCardPicture } from "./share-card.ts";

const database = useDatabase();
const CARD: ShareCard = {
  program: "Acme Perks",
  title: "Ravi invited you",
  text: "You get ₹200.00 for your first order.",
  host: "refer.example",
  color: "#0b6e4f",
  onColor: "#ffffff",
  logo: null,
};
const PAPER = [250, 250, 248];
const MARGIN = 80;

const draw = async (card: Partial<ShareCard>): Promise<Image> =>
  loadImage(await drawPicture(shareCardPicture({ ...CARD, ...card })));

/** The colours of a stretch of the picture, without the paper. */
async function inkIn(image: Image, [x, y, width, height]: [number, number, number, number]): Promise<number> {
  const pen = createCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(x, y, width, height);
  let ink = 0;
  for (let at = 0; at < data.length; at += 4)
    if (PAPER.some((value, part) => Math.abs((data[at + part] ?? 0) - value) > 8)) ink++;
  return ink;
}

describe("the picture under a shared link", () => {
  it("has the size that platforms show, and draws what it says", async () => {
    const image = await draw({});
    expect([image.width, image.height]).toEqual([1200, 630]);
    const title: [number, number, number, number] = [MARGIN, 160, 1040, 90];
    expect(await inkIn(image, title)).toBeGreaterThan(2_000);
    expect(await inkIn(await draw({ title: " " }), title)).toBe(0);
  });

  it("keeps its margins whatever the texts", async () => {
    const long = "Wolfeschlegelsteinhausenbergerdorff".repeat(8);
    for (const text of [
      long,
      "many words ".repeat(200),
      "अनिका ".repeat(150),
      "👩‍👩‍👧".repeat(90),
      "ﷺ".repeat(200),
    ]) {
      const image = await draw({ program: text, title: text, text, host: text });
      for (const side of [0, 1200 - MARGIN + 4])
        expect(await inkIn(image, [side, 0, MARGIN - 4, 546]), text.slice(0, 20)).toBe(0);
      expect(await inkIn(image, [MARGIN, 534, 1040, 12]), text.slice(0, 20)).toBe(0);
    }
  });

  it("has the letters of every language it is written in", async () => {
    // A letter that no face has is drawn as one and the same box.
    const box: [number, number, number, number] = [MARGIN, 180, 200, 110];
    const inks = await Promise.all(
      ["अ", "ब", "₹", "é", "ł"].map(async (title) => inkIn(await draw({ title }), box)),
    );
    expect(new Set(inks).size).toBe(inks.length);
  });

  it("shows a logo instead of the name", async () => {
    const canvas = createCanvas(400, 400);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#c02020";
    pen.fillRect(0, 0, 400, 400);
    const image = await draw({ logo: canvas.toBuffer("image/png") });
    expect(await inkIn(image, [MARGIN, 72, 72, 72])).toBe(72 * 72);
    expect(await inkIn(image, [MARGIN + 73, 72, 300, 72])).toBe(0);
  });
});

describe("the door of the picture", () => {
  let server: WelcomeServer;
  let programId = "";
  beforeAll(async () => {
    server = await startWelcomeServer(database.db, () => "http://refer.example");
    programId = await server.launch("Acme Perks");
  });
  afterAll(() => server.close());

  it("answers a picture of one advocate, again only when it says something else", async () => {
    const ravi = await server.enroll(programId, "Ravi Sharma", undefined, { name_shown: true });
    const anna = await server.enroll(programId, "Anna");
    const first = await server.app.inject({ url: `/og/${ravi.code}.png` });
    expect([first.statusCode, first.headers["content-type"]]).toEqual([200, "image/png"]);
    expect(first.rawPayload.subarray(1, 4).toString()).toBe("PNG");
    const etag = String(first.headers["etag"]);
    const again = await server.app.inject({
      url: `/og/${ravi.code}.png`,
      headers: { "if-none-match": etag },
    });
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
    const other = await server.app.inject({
      url: `/og/${anna.code}.png`,
      headers: { "if-none-match": etag },
    });
    expect(other.statusCode).toBe(200);
    expect(other.rawPayload.equals(first.rawPayload)).toBe(false);
  });

  it("is named by the page behind the link", async () => {
    const ravi = await server.enroll(programId, "Ravi Sharma");
    const page = await server.app.inject({ url: `/join?ref=${ravi.code}` });
    expect(page.body).toContain(`property="og:image" content="http://refer.example/og/${ravi.code}.png"`);
    expect((await server.app.inject({ url: `/join?program=${programId}` })).body).not.toContain("og:image");
  });

  it("draws nothing for a code nobody has", async () => {
    expect((await server.app.inject({ url: "/og/2222222222.png" })).statusCode).toBe(422);
    expect((await server.app.inject({ url: "/og/%2e%2e.png" })).statusCode).toBe(422);
  });
});
