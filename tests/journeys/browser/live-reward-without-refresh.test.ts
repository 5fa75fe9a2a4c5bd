import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer, ParticipantDetail } from "../../../server/referrals/contract.ts";
import type { ConversionAnswer } from "../../../server/rewards/contract.ts";
import type { Api } from "../../support/api.ts";
import { seen, useChromium } from "../../support/browser.ts";
import { joinThrough } from "../../support/join-page.ts";
import { minorOf, PortalPage } from "../../support/portal-page.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

describe("the advocate's screen follows by itself", () => {
  const chromium = useChromium();
  let server: TestServer;
  let api: Api;
  /** Invited Ben, opens her home through a token of the customer's product. */
  let asha: Person;
  /** Joined on the hosted page, is signed in by it. */
  let ben: Person;
  let chen: ParticipantAnswer;

  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision()).api;
    const participant = await api.join(undefined, { name: "Asha" });
    const token = await api.post<{ url: string }>("/v1/embed_tokens", { participant_id: participant.id });
    asha = await sit(await chromium.visitor(), participant);
    await asha.visitor.page.goto(token.body.url);
    await asha.home.settled();
    asha.visitor.takeRequests();
  });
  afterAll(() => server.stop());

  it("turns the first steps into numbers when the first friend joins", async () => {
    await asha.visitor.page.getByText("Share your link").waitFor();
    const visitor = await chromium.visitor();
    await joinThrough(visitor.page, asha.participant.link?.url ?? "", "Ben", "ben@example.com");
    const session = await visitor.context.request.get(`${server.url}/v1/session`);
    const [participation] = (await session.json()).participations;
    const { body } = await api.get<ParticipantDetail>(`/v1/participants/${participation.participant_id}`);
    ben = await sit(visitor, body);
    await visitor.page.getByRole("link", { name: "Open your page" }).click();
    await ben.home.settled();
    visitor.takeRequests();
    await seen(() => asha.home.figure("Friends joined"), "1 of 8");
    await seen(() => asha.home.figure("Link visits"), "1");
    await seen(() => asha.home.figure("Network"), "1");
    await seen(() => asha.home.levels(), [["Level 1", "1", "–"]]);
    await asha.visitor.page.locator("section", { hasText: "Your network" }).getByText("Ben").waitFor();
  });

  it("counts a friend's friend on the second level, and names nobody there", async () => {
    chen = await api.join(ben.participant, { name: "Chen" });
    await seen(() => ben.home.figure("Friends joined"), "1 of 8");
    await seen(() => asha.home.figure("Network"), "2");
    await seen(() => asha.home.figure("Friends joined"), "1 of 8");
    await seen(
      () => asha.home.levels(),
      [
        ["Level 1", "1", "–"],
        ["Level 2", "1", "–"],
      ],
    );
    expect(await asha.visitor.page.getByText("Chen").count()).toBe(0);
  });

  let purchase: ConversionAnswer;

  it("slides the earning in on both levels, and the balance follows", async () => {
    for (const { home } of [asha, ben]) await home.watchRewards();
    purchase = await api.buy(chen, 250_000, 60_000);
    const repliedAt = Date.now();
    for (const [person, who, amount] of [
      [ben, "Chen", "₹30.00"],
      [asha, "A friend of Ben", "₹6.00"],
    ] as const) {
      const reward = rewardOf(purchase, person);
      await seen(async () => (await person.home.shown(reward))?.isSliding, true);
      const { at } = (await person.home.shown(reward)) ?? { at: 0 };
      console.log(`reply to screen, level ${who === "Chen" ? 1 : 2}: ${at - repliedAt} ms`);
      const row = await person.home.reward(reward);
      expect(row).toContain(`${who} On its way`);
      expect(row).toContain(`+${amount}`);
      await seen(() => person.home.figure("Earned"), amount);
      await seen(() => person.home.purse("On its way"), amount);
      await seen(() => person.home.purse("Earned in all"), amount);
      await agreesWithTheBooks(person);
    }
    await seen(async () => (await asha.home.levels())[1], ["Level 2", "1", "₹6.00"]);
  });

  it("shows what a partial refund took back, on both levels", async () => {
    expect((await api.refund(purchase, "refund-1", 100_000)).status).toBe(201);
    await seen(() => ben.home.figure("Earned"), "₹18.00");
    await seen(() => asha.home.figure("Earned"), "₹3.60");
    expect(await ben.home.reward(rewardOf(purchase, ben))).toMatch(/after a refund; ₹18\.00 stays.*−₹12\.00/);
    expect(await asha.home.reward(rewardOf(purchase, asha))).toMatch(/after a refund; ₹3\.60 stays.*−₹2\.40/);
    for (const person of [ben, asha]) await agreesWithTheBooks(person);
    await seen(async () => (await asha.home.levels())[1], ["Level 2", "1", "₹3.60"]);
  });

  it("keeps up with several purchases in a row", async () => {
    for (const profit of [10_000, 20_000, 30_000]) await api.buy(chen, 200_000, profit);
    await seen(() => ben.home.figure("Earned"), "₹48.00");
    await seen(() => asha.home.figure("Earned"), "₹9.60");
    for (const person of [ben, asha]) await agreesWithTheBooks(person);
  });

  it("asked the server for nothing after it was loaded, and complained about nothing", () => {
    for (const { visitor } of [asha, ben]) {
      expect(visitor.takeRequests()).toEqual([]);
      expect(visitor.complaints).toEqual([]);
    }
  });

  /** What the screen sums up, what its rows sum up to, and what the API says are one amount. */
  async function agreesWithTheBooks({ home, participant }: Person): Promise<void> {
    const balance = await api.balance(participant);
    const earned = balance.pending + balance.available + balance.held + balance.paid;
    await seen(async () => minorOf(await home.figure("Earned")), earned);
    await seen(async () => minorOf(await home.purse("On its way")), balance.pending);
    await seen(() => home.sumOfRows(), earned);
  }
});

type Person = {
  visitor: Visitor;
  home: PortalPage;
  participant: Pick<ParticipantAnswer, "id" | "code" | "link">;
};

async function sit(visitor: Visitor, participant: Person["participant"]): Promise<Person> {
  return { visitor, home: new PortalPage(visitor.page), participant };
}

function rewardOf(purchase: ConversionAnswer, { participant }: Person): string {
  return purchase.rewards.find(({ participant_id }) => participant_id === participant.id)?.id ?? "none";
}
