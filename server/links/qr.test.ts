import { inflateSync } from "node:zlib";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import decodeQR from "qr/decode.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { participantActor, readingKey } from "../../tests/support/doors.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { Actor } from "../access/actor.ts";
import { openDoors } from "../access/door.ts";
import { createHttpServer } from "../platform/http.ts";
import { drawPicture } from "../platform/picture.ts";
import type { Color } from "../primitives/color.ts";
import { PROBLEMS } from "../problems.ts";
import { setLogo } from "../programs/set-logo.ts";
import { lookProblems, type QrLogo, qrPicture, qrSvg } from "./qr.ts";
import { linkRoutes } from "./routes.ts";

const SHORT = "https://r.example/anika-200";
const LONG = `https://${"a-very-long-name-".repeat(5)}example.com/${"x".repeat(40)}`;

/** What a camera reads of a picture. */
async function read(png: Buffer): Promise<string> {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  return decodeQR(pen.getImageData(0, 0, image.width, image.height));
}

async function logoOf(width: number, height: number, color = "#c8102e"): Promise<QrLogo> {
  const png = await drawPicture({ width, height, color, parts: [] });
  return { png, width, height };
}

const pngOf = (url: string, look: { color: Color; background: Color; logo: QrLogo | null }, size: number) => {
  const picture = qrPicture(url, look, size);
  if ("sizeMin" in picture) throw new Error(`At least ${picture.sizeMin}`);
  return drawPicture(picture);
};

describe("a QR code", () => {
  const looks: [Color, Color][] = [
    ["#000000", "#ffffff"],
    ["#0b6e4f", "#ffffff"],
    ["#1e2a78", "#fdf1d8"],
    ["#595959", "#e8e8e8"],
  ];
  const variants = [SHORT, LONG].flatMap((url) =>
    looks.flatMap(([color, background]) =>
      ["none", "square", "wide", "tall", "black"].flatMap((logo) =>
        [256, 512, 777].map((size) => ({ url, color, background, logo, size })),
      ),
    ),
  );
  const logos: Record<string, Promise<QrLogo | null>> = {
    none: Promise.resolve(null),
    square: logoOf(200, 200),
    wide: logoOf(400, 100, "#1e2a78"),
    tall: logoOf(60, 240),
    black: logoOf(64, 64, "#000000"),
  };

  it(`is read as exactly the link, in every look (${variants.length} of them)`, async () => {
    for (const { url, color, background, logo, size } of variants) {
      const kept = (await logos[logo]) ?? null;
      const png = await pngOf(url, { color, background, logo: kept }, size);
      expect(await read(png), `${logo} ${size} ${color}`).toBe(url);
    }
  });

  it("is the same drawing as SVG", async () => {
    for (const logo of [null, await logoOf(300, 200)]) {
      const svg = qrSvg(SHORT, { color: "#0b6e4f", background: "#ffffff", logo }, 600);
      const image = await loadImage(Buffer.from(svg));
      const canvas = createCanvas(600, 600);
      canvas.getContext("2d").drawImage(image, 0, 0, 600, 600);
      expect(await read(await canvas.encode("png"))).toBe(SHORT);
    }
  });

  it("says how large it has to be, and is never drawn smaller", () => {
    const look = { color: "#000000" as const, background: "#ffffff" as const, logo: null };
    const small = qrPicture(LONG, look, 64);
    expect(small).toEqual({ sizeMin: expect.any(Number) });
    expect(qrPicture(LONG, look, "sizeMin" in small ? small.sizeMin : 0)).toHaveProperty("parts");
  });

  it.each([
    ["0b6e4f", "ffffff", []],
    ["#000", "#fff", []],
    ["767676", "ffffff", []],
    ["777777", "ffffff", ["too_little_contrast"]],
    ["ffffff", "000000", ["not_dark_on_light"]],
    ["ffff00", "ffffff", ["too_little_contrast"]],
    ["red", "ffffff", ["invalid_color"]],
  ])("may be %s on %s: %s", (color, background, codes) => {
    expect(lookProblems({ color, background }).map(({ code }) => code)).toEqual(codes);
  });
});

describe("the doors of codes", () => {
  const database = useDatabase();
  const bus = { publish: () => {}, subscribe: () => () => {}, close: async () => {} };
  let world: World;
  let asha: Person;
  let app: ReturnType<typeof createHttpServer>;
  let asking: Actor;
  const URL_OF = () => `https://r.example/${asha.link.code}`;

  beforeAll(async () => {
    world = await createWorld(database.db, { name: "Acme Perks" });
    asha = await world.join("Asha Menon");
    await world.join("आशा मेनन");
    const routes = linkRoutes({
      ...{ db: database.db, bus, publicUrl: () => "https://r.example", reservedPaths: () => new Set() },
    });
    const nothing = () => {};
    app = createHttpServer({
      problems: PROBLEMS,
      log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    });
    openDoors(app, routes, {
      ...{ db: database.db, findActor: () => asking, addressOf: () => "", admit: nothing },
    });
    await app.ready();
    asking = readingKey(world.programId);
  });
  afterAll(() => app.close());

  const get = async (path: string, actor = readingKey(world.programId)) => {
    asking = actor;
    return app.inject({ method: "GET", url: path });
  };

  it("answer SVG and PNG in the colours asked for, with the logo where there is one", async () => {
    const svg = await get(`/v1/links/${asha.link.id}/qr?color=0b6e4f`);
    expect([svg.headers["content-type"], svg.body]).toEqual([
      "image/svg+xml; charset=utf-8",
      expect.stringContaining('fill="#0b6e4f"'),
    ]);
    const plain = await get(`/v1/links/${asha.link.id}/qr?format=png&size=300&logo=true`);
    expect([plain.headers["content-type"], await read(plain.rawPayload)]).toEqual(["image/png", URL_OF()]);
    const { png } = await logoOf(120, 80);
    await world.write((tx) => setLogo(tx, { png, width: 120, height: 80 }));
    const marked = await get(`/v1/links/${asha.link.id}/qr?format=png&size=300&logo=true`);
    expect(marked.rawPayload.equals(plain.rawPayload)).toBe(false);
    expect(await read(marked.rawPayload)).toBe(URL_OF());
    expect((await get(`/v1/links/${asha.link.id}/qr?logo=true`)).body).toContain("data:image/png;base64,");
  });

  it("refuse what no camera reads, and say what would help", async () => {
    const pale = await get(`/v1/links/${asha.link.id}/qr?color=dddddd`);
    expect([pale.statusCode, pale.json().errors[0]]).toEqual([
      422,
      { pointer: "/query/color", code: "too_little_contrast", message: expect.stringContaining("1.4 : 1") },
    ]);
    const tiny = await get(`/v1/links/${asha.link.id}/qr?format=png&size=64`);
    expect(tiny.json().errors[0]).toMatchObject({ pointer: "/query/size", code: "too_small" });
  });

  it("print sheets whose every code leads to the link that stands below it", async () => {
    for (const paper of ["a4", "letter"]) {
      const sheet = await get(`/v1/links/qr-sheet?paper=${paper}`);
      expect([sheet.statusCode, sheet.headers["content-type"]]).toEqual([200, "application/pdf"]);
      const [page] = await pagesOf(sheet.rawPayload);
      expect(page?.paper).toEqual(paper === "a4" ? [595.28, 841.89] : [612, 792]);
      expect(await codesOf(page)).toContain(URL_OF());
      expect((await codesOf(page)).length).toBe(2);
    }
    const own = await get(
      `/v1/links/qr-sheet?link_id=${asha.link.id}`,
      participantActor(world.programId, asha.id),
    );
    expect(await codesOf((await pagesOf(own.rawPayload))[0])).toEqual(Array(12).fill(URL_OF()));
  });

  it("print nobody else's for a participant, chosen people for the program, and refuse an empty sheet", async () => {
    const chosen = await get(`/v1/links/qr-sheet?participant_ids=${asha.id}`);
    expect(await codesOf((await pagesOf(chosen.rawPayload))[0])).toEqual([URL_OF()]);
    const ben = await world.join("Ben");
    const stranger = participantActor(world.programId, ben.id);
    expect((await get(`/v1/links/qr-sheet?link_id=${asha.link.id}`, stranger)).statusCode).toBe(404);
    const theirs = await get(`/v1/links/qr-sheet?participant_ids=${asha.id}`, stranger);
    expect(await codesOf((await pagesOf(theirs.rawPayload))[0])).toEqual([
      `https://r.example/${ben.link.code}`,
    ]);
    expect((await get("/v1/links/qr-sheet?participant_ids=par_x")).json().code).toBe("nothing_to_print");
    expect((await get("/v1/links/qr-sheet?segment=none")).statusCode).toBe(404);
  });
});

type SheetPage = { paper: number[]; content: string };

/** What pages of a PDF draw: their streams, as the reader of a printer would unfold them. */
async function pagesOf(pdf: Buffer): Promise<SheetPage[]> {
  const text = pdf.toString("latin1");
  const papers = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [
    Number(w),
    Number(h),
  ]);
  const contents: string[] = [];
  for (const { index } of text.matchAll(/>>\nstream\n/g)) {
    const from = index + ">>\nstream\n".length;
    const dictionary = text.slice(text.lastIndexOf(" obj", index), index);
    if (!dictionary.includes("FlateDecode") || dictionary.includes("/Subtype")) continue;
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const content = inflateSync(pdf.subarray(from, from + length)).toString("latin1");
    if (content.includes(" re\n")) contents.push(content);
  }
  return papers.map((paper, index) => ({ paper, content: contents[index] ?? "" }));
}

/** Draws what a page fills, and reads the code of every cell. */
async function codesOf(page: SheetPage | undefined): Promise<string[]> {
  if (!page) return [];
  const [width = 0, height = 0] = page.paper;
  const SCALE = 4;
  const canvas = createCanvas(width * SCALE, height * SCALE);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  for (const [, x, y, w, h] of page.content.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re\n/g))
    pen.fillRect(Number(x) * SCALE, Number(y) * SCALE, Number(w) * SCALE, Number(h) * SCALE);
  const codes: string[] = [];
  const cell = { width: (width - 72) / 3, height: (height - 72) / 4 };
  for (let row = 0; row < 4; row++)
    for (let column = 0; column < 3; column++) {
      const at = [36 + column * cell.width, 36 + row * cell.height].map((point) => Math.round(point * SCALE));
      const data = pen.getImageData(
        at[0] ?? 0,
        at[1] ?? 0,
        Math.floor(cell.width * SCALE),
        Math.floor(cell.height * SCALE),
      );
      if (data.data.every((value) => value === 255)) continue;
      codes.push(decodeQR(data));
    }
  return codes;
}
