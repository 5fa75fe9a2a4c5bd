import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../../server/referrals/contract.ts";
import { seen, useChromium } from "../../support/browser.ts";
import { minorOf, PortalPage } from "../../support/portal-page.ts";
import { type Provisioned, startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

describe("the server goes away under open pages and comes back", () => {
  const chromium = useChromium();
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-reconnect-"));
  let start: () => Promise<TestServer>;
  let server: TestServer;
  let program: Provisioned;
  let asha: ParticipantAnswer;
  let ben: ParticipantAnswer;
  let visitor: Visitor;
  let home: PortalPage;
  let operator: Visitor;

  beforeAll(async () => {
    // Pages come back to the address they know.
    const port = String(await freePort());
    start = () => startServer({ dataFolder, env: { PORT: port } });
    server = await start();
    program = await server.provision();
    const { api } = program;
    asha = await api.join(undefined, { name: "Asha" });
    ben = await api.join(asha, { name: "Ben" });
    await api.buy(ben, 150_000, 20_000);
    const token = await api.post<{ url: string }>("/v1/embed_tokens", { participant_id: asha.id });
    visitor = await chromium.visitor();
    home = new PortalPage(visitor.page);
    await visitor.page.goto(token.body.url);
    await home.settled();
    operator = await chromium.visitor();
    await operator.page.goto(server.url);
    await operator.page.getByLabel("E-mail").fill(program.owner.email);
    await operator.page.getByLabel("Password").fill(program.owner.password);
    await operator.page.getByRole("button", { name: "Sign in" }).click();
    await operator.page.getByText("Live", { exact: true }).first().waitFor();
    await operator.page.getByText("bought for").first().waitFor();
  });
  afterAll(async () => {
    await server.stop();
    fs.rmSync(dataFolder, { recursive: true, force: true });
  });

  it("says that it is reconnecting, and keeps showing what it knew", async () => {
    await seen(() => home.figure("Earned"), "₹10.00");
    await server.stop();
    for (const { page } of [visitor, operator]) await page.getByText("Reconnecting…").first().waitFor();
    expect(await home.figure("Earned")).toBe("₹10.00");
    expect(await visitor.page.locator("[data-reward]").count()).toBe(1);
  });

  it("shows what happened before it was back, once, and asks for nothing but the stream", async () => {
    // Held back, so that what happens now has happened before either page is live again.
    for (const { page } of [visitor, operator]) await page.route("**/v1/stream**", (route) => route.abort());
    server = await start();
    const purchase = await program.api.buy(ben, 200_000, 40_000);
    await program.api.refund(purchase, "refund-1", 50_000);
    await program.api.join(asha, { name: "Chen" });
    expect(await home.figure("Earned")).toBe("₹10.00");
    visitor.takeRequests();
    for (const { page } of [visitor, operator]) await page.unroute("**/v1/stream**");
    await visitor.page.getByText("Live", { exact: true }).waitFor();
    await seen(() => home.figure("Earned"), "₹25.00");
    await seen(() => home.figure("Friends joined"), "2 of 8");
    await seen(() => visitor.page.locator("[data-reward]").count(), 2);
    await seen(() => home.sumOfRows(), 2_500);
    const balance = await program.api.balance(asha);
    expect(minorOf(await home.purse("On its way"))).toBe(balance.pending);
    const requests = visitor.takeRequests();
    expect(requests.filter((request) => !request.startsWith("GET /v1/stream"))).toEqual([]);
  });

  it("brings the operator's feed up to date as well", async () => {
    const feed = operator.page.getByRole("region", { name: "Live" });
    await operator.page.getByText("Live", { exact: true }).first().waitFor();
    await feed.getByText("Chen joined through Asha").waitFor();
    await feed.getByText("₹500.00 was refunded").waitFor();
    expect(await feed.getByText("bought for ₹2,000.00").count()).toBe(1);
    const figures = operator.page.locator("main dl").first().locator("dd");
    await seen(async () => (await figures.allInnerTexts()).slice(0, 3), ["3", "2", "₹3,500.00"]);
  });

  it("goes on following after that", async () => {
    await program.api.buy(ben, 150_000, 20_000);
    await seen(() => home.figure("Earned"), "₹35.00");
    await seen(() => home.sumOfRows(), 3_500);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
