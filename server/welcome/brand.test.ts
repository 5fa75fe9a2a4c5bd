import { createCanvas } from "@napi-rs/canvas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { startWelcomeServer, type WelcomeServer } from "../../tests/support/welcome-server.ts";
import { createApiKey } from "../access/create-api-key.ts";
import { createOwner } from "../access/create-owner.ts";
import { findLook } from "../programs/find-look.ts";

const database = useDatabase();
let server: WelcomeServer;
let programId: string;
let secret: string;
let code: string;

beforeAll(async () => {
  server = await startWelcomeServer(database.db, () => "http://refer.example");
  programId = await server.launch("Acme Perks", "points");
  code = (await server.enroll(programId, "Ravi Sharma")).code;
  const wish = { name: "test", scopes: ["read", "write"] as const, livemode: true };
  const created = await database.db.write(programId, (tx) =>
    createApiKey(tx, programId, wish, { actor: { kind: "system" }, requestId: "test" }),
  );
  secret = created.secret;
});
afterAll(() => server.close());

const ask = (method: "GET" | "PUT" | "DELETE", url: string, body?: object) =>
  server.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${secret}` },
    ...(body ? { payload: body } : {}),
  });
const page = (url: string, language?: string, cookie?: string) =>
  server.app.inject({
    url,
    headers: {
      accept: "text/html",
      ...(language ? { "accept-language": language } : {}),
      ...(cookie ? { cookie } : {}),
    },
  });

/** Of somebody who runs the program. */
async function teamCookie(): Promise<string> {
  const owner = { email: "team@example.com", name: "Team", passwordHash: "x" };
  const userId = await database.db.writeDirectory((tx) =>
    createOwner(tx, owner, { actor: { kind: "system" }, requestId: null }),
  );
  const { setCookies } = await server.access.identity.openSession(userId);
  return setCookies.map((one) => one.split(";")[0]).join("; ");
}

async function picture(
  width: number,
  height: number,
  format: "png" | "jpeg" | "webp" = "png",
): Promise<Buffer> {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#c00";
  pen.fillRect(0, 0, width, height);
  return format === "png" ? canvas.encode("png") : canvas.encode(format);
}

describe("the colour of a program", () => {
  it("is on its pages by a style sheet of its own, readable in both themes", async () => {
    const put = await ask("PUT", "/v1/brand", { color: "#FD0", texts: {} });
    expect(put.statusCode).toBe(200);
    const { color, colors, stylesheet } = put.json();
    expect(color).toBe("#ffdd00");
    expect(colors.light.text_contrast.before).toBeLessThan(4.5);
    expect(colors.light.text_contrast.after).toBeGreaterThanOrEqual(4.5);
    const landing = (await page(`/join?ref=${code}`)).body;
    const href = /href="(\/brand\/[^"]*)"/.exec(landing)?.[1] ?? "";
    expect(stylesheet).toBe(`http://refer.example${href}`);
    expect(landing).not.toMatch(/style=|<style/);
    const style = await page(href);
    expect(style.headers["content-type"]).toContain("text/css");
    expect(style.headers["cache-control"]).toContain("immutable");
    expect(style.body).toContain("--accent:#ffdd00");
    expect(style.body).toContain("prefers-color-scheme:dark");
    expect((await page(`${href}x`)).headers["cache-control"]).not.toContain("immutable");
  });

  it("can be looked at before it is taken", async () => {
    const seen = await ask("GET", "/v1/brand/colors?color=%23777777");
    expect(seen.json()).toMatchObject({ color: "#777777", light: { on_brand: "#ffffff" } });
    expect((await ask("GET", "/v1/brand/colors?color=red")).statusCode).toBe(422);
  });

  it.each(["red", "#12", "#0b6e4f;}body{display:none", "url(//evil)"])("is no %j", async (color) => {
    const refused = await ask("PUT", "/v1/brand", { color, texts: {} });
    expect([400, 422]).toContain(refused.statusCode);
  });
});

describe("the words of a program", () => {
  it("stand where ours stood, with the names filled in, in the language of the browser", async () => {
    const texts = {
      en: {
        headline: "{friend} saved you a seat",
        lead_text: "At {program}.",
        button: "Take it",
        thanks: "Thank {friend}",
      },
      hi: { headline: "{friend} ने बुलाया" },
    };
    expect((await ask("PUT", "/v1/brand", { color: null, texts })).statusCode).toBe(200);
    const english = (await page(`/join?ref=${code}`)).body;
    expect(english).toContain("<h1><span>Ravi saved you a seat</span></h1>");
    expect(english).toContain("At Acme Perks.");
    expect(english).toContain("Take it</span></button>");
    const hindi = (await page(`/join?ref=${code}`, "fr;q=0.9, hi-IN, en;q=0.8")).body;
    expect(hindi).toContain('<span lang="hi">Ravi ने बुलाया</span>');
    // Who comes alone was invited by nobody.
    expect((await page(`/join?program=${programId}`)).body).toContain("<h1>Join Acme Perks</h1>");
  });

  it("are text and nothing else, and name nothing that nobody fills", async () => {
    const hostile = '<script>alert(1)</script>"\u202e {friend}';
    await ask("PUT", "/v1/brand", { color: null, texts: { en: { headline: hostile } } });
    const landing = (await page(`/join?ref=${code}`)).body;
    expect(landing).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot; Ravi");
    expect(landing).not.toContain("\u202e");
    const refused = await ask("PUT", "/v1/brand", {
      color: null,
      texts: { en: { button: "Join {freind}" } },
    });
    expect(refused.json()).toMatchObject({
      code: "invalid_brand",
      errors: [{ pointer: "/texts/en/button" }],
    });
    const long = await ask("PUT", "/v1/brand", { color: null, texts: { en: { headline: "x".repeat(81) } } });
    expect(long.statusCode).toBe(400);
  });

  it("are not read for blanks twice: a friend who is called {program} stays so", async () => {
    await ask("PUT", "/v1/brand", { color: null, texts: { en: { headline: "{friend} invited you" } } });
    const odd = await server.enroll(programId, "{program}");
    expect((await page(`/join?ref=${odd.code}`)).body).toContain("{program} invited you</span>");
  });
});

describe("the logo", () => {
  it.each(["png", "jpeg", "webp"] as const)(
    "is drawn anew from a %s, no larger than pages need",
    async (format) => {
      const image = (await picture(1280, 320, format)).toString("base64");
      const put = await ask("PUT", "/v1/brand/logo", { image });
      expect(put.json()).toMatchObject({ logo: { width: 640, height: 160 } });
      const landing = (await page(`/join?ref=${code}`)).body;
      const source =
        /<img class="logo" src="([^"]*)" width="192" height="48" alt="Acme Perks">/.exec(landing)?.[1] ?? "";
      const file = await page(source.replaceAll("&amp;", "&"));
      expect(file.headers).toMatchObject({
        "content-type": "image/png",
        "x-content-type-options": "nosniff",
      });
      expect(file.headers["cache-control"]).toContain("immutable");
      expect(file.rawPayload.subarray(1, 4).toString()).toBe("PNG");
    },
  );

  it("keeps nothing that was hidden in the file", async () => {
    const trojan = Buffer.concat([await picture(40, 40), Buffer.from("<script>alert(1)</script>")]);
    const put = await ask("PUT", "/v1/brand/logo", { image: trojan.toString("base64") });
    const file = await page(new URL(put.json().logo.url).pathname);
    expect(file.rawPayload.includes("<script>")).toBe(false);
  });

  it("is no SVG, no page, nothing too large and nothing broken", async () => {
    const bomb = await picture(10, 10);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const broken = (await picture(40, 40)).subarray(0, 60);
    for (const [file, why] of [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), "unknown_format"],
      [Buffer.from("<!doctype html><script>alert(1)</script>padding"), "unknown_format"],
      [bomb, "too_large"],
      [Buffer.concat([await picture(10, 10), Buffer.alloc(513 * 1024)]), "too_large"],
      [broken, "unreadable"],
    ] as const) {
      const refused = await ask("PUT", "/v1/brand/logo", { image: file.toString("base64") });
      expect([why, refused.statusCode]).toEqual([
        why,
        why === "too_large" && file.length > 500_000 ? refused.statusCode : 422,
      ]);
      if (refused.statusCode === 422) expect(refused.json().errors[0].code).toBe(why);
    }
  });

  it("heads the program's mails, whose button has the colour", async () => {
    await ask("PUT", "/v1/brand", { color: "#ffb000", texts: {} });
    const look = await database.db.read(programId, (reader) => findLook(reader, "http://refer.example"));
    expect(look.color).toBe("#ffb000");
    expect(look.logoUrl).toMatch(/^http:\/\/refer\.example\/brand\/prg_\w+\/logo\.png\?v=/);
    const nowhere = await database.db.read(programId, (reader) => findLook(reader));
    expect(nowhere.logoUrl).toBeNull();
  });

  it("can be taken away", async () => {
    expect((await ask("DELETE", "/v1/brand/logo")).statusCode).toBe(204);
    expect((await ask("GET", "/v1/brand")).json().logo).toBeNull();
    expect((await page(`/brand/${programId}/logo.png`)).statusCode).toBe(404);
    expect((await page(`/brand/prg_unknown/logo.png`)).statusCode).toBe(404);
  });
});

describe("the preview", () => {
  it("is for the team, inside our own page alone, and sends nothing anywhere", async () => {
    const address = `/welcome/preview?program_id=${programId}&state=waitlist&color=%23112233&headline=Hello`;
    expect((await page(address)).statusCode).toBe(401);
    const shown = await page(address, undefined, await teamCookie());
    expect(shown.statusCode).toBe(200);
    expect(shown.headers["content-security-policy"]).toContain("frame-ancestors 'self'");
    expect(shown.headers["content-security-policy"]).toContain("form-action 'none'");
    expect(shown.body).toContain("All of Anika’s places are taken");
    expect(shown.body).toContain("<span>Hello</span>");
    expect(shown.body).toContain(`/brand/${programId}/style.css?color=%23112233&amp;theme=light`);
    const style = await page(`/brand/${programId}/style.css?color=%23112233&theme=dark`);
    expect(style.body).toContain("@media all{");
  });
});
