import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { referrals } from "../../../sdk/server/web.ts";
import type { ParticipantAnswer } from "../../../server/referrals/contract.ts";
import { seen, useChromium } from "../../support/browser.ts";
import { type Provisioned, startServer, type TestServer } from "../../support/server.ts";
import { type Shop, startShop } from "../../support/shop.ts";
import type { Visitor } from "../../support/visitor.ts";

const SCRIPT_BYTES_MAX = 2_048;
const COOKIE = "rh_ref";

describe("the capture script on a customer's page", () => {
  const chromium = useChromium();
  let server: TestServer;
  let program: Provisioned;
  let asha: ParticipantAnswer;
  let shop: Shop;
  let foreign: Shop;
  let publicKey = "";

  beforeAll(async () => {
    server = await startServer();
    program = await server.provision();
    publicKey = await createPublicKey(server, program);
    const page = (path: string) => `
      <script>window.referralhub = window.referralhub || function () {
        (referralhub.q = referralhub.q || []).push(arguments) };
        ${path.includes("agreed") ? `referralhub("consent", true);` : ""}
        ${path.includes("withdrawn") ? `referralhub("consent", false);` : ""}</script>
      <script src="${server.url}/capture.js" data-key="${publicKey}" async></script>
      <a href="/next?page=2">Next</a> <a href="https://elsewhere.example/">Elsewhere</a>
      <form data-referral action="/joined"><input name="email"><button>Sign up</button></form>`;
    shop = await startShop(page);
    // `localhost` is another site than `127.0.0.1`, on the same machine.
    foreign = await startShop(page);
    const set = await program.api.send("PATCH", `/v1/programs/${program.programId}`, {
      destination_url: `${shop.url}/landing`,
    });
    expect(set.status).toBe(200);
    asha = await program.api.join(undefined, { name: "Asha" });
  });
  afterAll(async () => {
    await Promise.all([shop.close(), foreign.close()]);
    await server.stop();
  });

  it("weighs little", async () => {
    const answer = await fetch(`${server.url}/capture.js`);
    expect(answer.headers.get("content-type")).toContain("javascript");
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    const script = Buffer.from(await answer.arrayBuffer());
    expect(script.length).toBeGreaterThan(0);
    expect(gzipSync(script).length).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
  });

  it("fills the form with the code and the click of the link, and stores nothing", async () => {
    const { page, context } = await chromium.visitor();
    await page.goto(`${server.url}/${asha.code}`);
    expect(new URL(page.url()).pathname).toBe("/landing");
    const click = new URL(page.url()).searchParams.get("click");
    await seen(() => fieldsOf(page), { code: asha.code, click_id: click });
    expect((await context.cookies()).map(({ name }) => name)).not.toContain(COOKIE);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  });

  it("carries both on through the site's own links, and to nobody else", async () => {
    const { page } = await chromium.visitor();
    await page.goto(`${server.url}/${asha.code}`);
    await seen(async () => (await fieldsOf(page))?.code, asha.code);
    const elsewhere = page.getByRole("link", { name: "Elsewhere" });
    await page.route("https://elsewhere.example/**", (route) => route.fulfill({ body: "elsewhere" }));
    await page.getByRole("link", { name: "Next" }).click();
    await page.waitForURL("**/next?*");
    const carried = new URL(page.url()).searchParams;
    expect([carried.get("page"), carried.get("ref")]).toEqual(["2", asha.code]);
    await seen(() => fieldsOf(page), { code: asha.code, click_id: carried.get("click") });
    await elsewhere.click();
    await page.waitForURL("https://elsewhere.example/");
  });

  it("remembers with consent, also a later visit, and forgets when consent is withdrawn", async () => {
    const { page, context } = await chromium.visitor();
    const cookie = async () => (await context.cookies(shop.url)).find(({ name }) => name === COOKIE)?.value;
    const ben = await program.api.join(undefined, { name: "Ben" });
    await page.goto(`${shop.url}/agreed?ref=${asha.code}&click=clk_first`);
    await seen(cookie, `${asha.code}.clk_first`);
    await page.goto(`${shop.url}/agreed`);
    await seen(() => fieldsOf(page), { code: asha.code, click_id: "clk_first" });
    await page.goto(`${shop.url}/agreed?ref=${ben.code}&click=clk_second`);
    await seen(cookie, `${asha.code}.clk_first~${ben.code}.clk_second`);
    await page.goto(`${shop.url}/withdrawn`);
    await seen(cookie, undefined);
  });

  it("records a visit that no link of ours has seen, and takes parameters of other products", async () => {
    const { page } = await chromium.visitor();
    await page.goto(`${shop.url}/?via=${asha.code}`);
    await seen(async () => (await fieldsOf(page))?.click_id?.startsWith("clk_"), true);
    const fields = await fieldsOf(page);
    const joined = await program.api.join(undefined, {
      referral: { click_id: fields?.click_id },
    });
    expect(joined.referral).toMatchObject({ advocate_id: asha.id, status: "joined" });
  });

  it("hands over what the page asks for, before and after the script has come", async () => {
    const { page } = await chromium.visitor();
    await page.goto(`${shop.url}/?ref=${asha.code}&click=clk_given`);
    await seen(async () => (await fieldsOf(page))?.code, asha.code);
    expect(await askFor(page)).toEqual({
      code: asha.code,
      click_id: "clk_given",
      touches: `${asha.code}.clk_given`,
    });
    await page.goto(shop.url);
    await page.waitForFunction(() => !("q" in (window as never as { referralhub: object }).referralhub));
    expect(await askFor(page)).toBeNull();
  });

  it("records nothing from the page of somebody else, and the code still reaches the form", async () => {
    const { page } = await chromium.visitor();
    const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
    await page.goto(`${foreign.url.replace("127.0.0.1", "localhost")}/?ref=${asha.code}`);
    const answer = await answered;
    expect([answer.status(), (await answer.json()).code]).toEqual([403, "origin_not_allowed"]);
    expect(await fieldsOf(page)).toEqual({ code: asha.code, click_id: "" });
  });

  it("is not needed where the server has the middleware, which records such a visit itself", async () => {
    const api = { url: server.url, key: program.key };
    const { referralOf } = referrals({ secret: "a secret of this shop, long enough to sign with", api });
    const visit = (code: string | null, browser: string) =>
      referralOf(new Request(`${shop.url}/?fp_ref=${code}`, { headers: { "user-agent": browser } }));
    const referral = await visit(asha.code, "Mozilla/5.0 (X11; Linux x86_64)");
    expect(referral?.click_id).toMatch(/^clk_/);
    const joined = await program.api.join(undefined, { referral });
    expect(joined.referral).toMatchObject({ advocate_id: asha.id, status: "joined" });
    expect(await visit(asha.code, "Googlebot/2.1")).toEqual({ code: asha.code });
    expect(await visit("2222222222", "Mozilla/5.0")).toEqual({ code: "2222222222" });
  });

  it("opens nothing else with a public key, and says so of a key that wants more", async () => {
    const api = server.api(publicKey);
    for (const path of ["/v1/participants", "/v1/links", "/v1/conversions", "/v1/verify"])
      expect((await api.get(path)).status, path).toBeGreaterThanOrEqual(403);
    expect((await api.post("/v1/conversions", {})).status).toBe(403);
    const outside = await api.post<{ code: string }>("/v1/clicks", { code: asha.code });
    expect([outside.status, outside.body.code]).toEqual([403, "origin_not_allowed"]);
    const unknown = await api.post<{ code: string }>(
      "/v1/clicks",
      { code: "2222222222" },
      { origin: shop.url },
    );
    expect([unknown.status, unknown.body.code]).toEqual([422, "unknown_code"]);
    await expect(createPublicKey(server, program, ["capture", "read"])).rejects.toThrow("public_key_scopes");
  });
});

type Fields = { code: string | null; click_id: string | null } | null;

/** What the form would send. */
async function fieldsOf(page: Visitor["page"]): Promise<Fields> {
  const value = (name: string) =>
    page.evaluate(
      (field) => document.querySelector<HTMLInputElement>(`[name="referral_${field}"]`)?.value ?? null,
      name,
    );
  const code = await value("code");
  return code === null ? null : { code, click_id: await value("click_id") };
}

const askFor = (page: Visitor["page"]): Promise<unknown> =>
  page.evaluate(
    () =>
      new Promise((resolve) =>
        (
          window as never as { referralhub(command: string, tell: (known: unknown) => void): void }
        ).referralhub("get", resolve),
      ),
  );

/** As the owner does it on the screen. */
async function createPublicKey(
  server: TestServer,
  { programId, owner }: Provisioned,
  scopes: readonly string[] = ["capture"],
): Promise<string> {
  const visitor = server.api(null);
  const headers = { origin: server.url, "program-id": programId };
  const session = await visitor.post("/v1/session", owner, headers);
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const wish = { name: "Web pages", scopes };
  const made = await visitor.post<{ secret: string; code: string }>("/v1/api_keys", wish, {
    ...headers,
    cookie,
  });
  if (made.status !== 201) throw new Error(made.body.code);
  expect(made.body.secret).toMatch(/^rh_pub_/);
  return made.body.secret;
}
