import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelsAnswer } from "../../server/reports/contract.ts";
import { soon } from "../support/api.ts";
import { type Provisioned, startServer, type TestServer } from "../support/server.ts";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

describe("a link shared over a channel", () => {
  let server: TestServer;
  let program: Provisioned;
  beforeAll(async () => {
    server = await startServer();
    program = await server.provision();
  });
  afterAll(() => server.stop());

  it("tells the program what the channel brought, from the tap to the reward", async () => {
    const { api } = program;
    const asha = await api.join();
    const { body: share } = await api.get<{ channels: { channel: string; url: string }[] }>(
      `/v1/participants/${asha.id}/share`,
    );
    const url = share.channels.find(({ channel }) => channel === "telegram")?.url ?? "";
    expect((await api.post(`/v1/participants/${asha.id}/shares`, { channel: "telegram" })).status).toBe(204);
    const follow = (agent: string) => fetch(url, { redirect: "manual", headers: { "user-agent": agent } });
    const landed = new URL((await follow(FIREFOX)).headers.get("location") ?? "");
    await follow("TelegramBot (like TwitterBot)");
    await fetch(asha.link?.url ?? "", { redirect: "manual", headers: { "user-agent": FIREFOX } });
    const ben = await api.join(undefined, {
      referral: { code: asha.code, click_id: landed.searchParams.get("click") },
    });
    expect(ben.referral?.channel).toBe("telegram");
    await api.buy(ben, 150_000, 20_000);
    const channels = await soon(async () => {
      const { body } = await api.get<ChannelsAnswer>("/v1/reports/channels");
      return body.channels[0]?.qualified === 1 && body.channels.length === 2 ? body.channels : null;
    });
    expect(channels).toEqual([
      { channel: "telegram", shares: 1, clicks: 1, joined: 1, qualified: 1, rewarded: 0 },
      { channel: null, shares: 0, clicks: 1, joined: 0, qualified: 0, rewarded: 0 },
    ]);
  });
});
