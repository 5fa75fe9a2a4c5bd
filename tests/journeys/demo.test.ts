import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantDetail } from "../../server/referrals/contract.ts";
import type { FunnelAnswer } from "../../server/reports/contract.ts";
import { type Answer, soon } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

describe("the demo", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ args: ["--demo"] });
  });
  afterAll(() => server.stop());

  const found = (pattern: RegExp): string => pattern.exec(server.output())?.[1] ?? "";
  const cookiesOf = (answer: Answer<unknown>): string =>
    answer.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .filter((pair) => pair && !pair.endsWith("="))
      .join("; ");
  const ask = async <Body>(path: string, headers: Record<string, string>): Promise<Body> => {
    const answer = await server.api(null).send<Body>("GET", path, undefined, { headers });
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200);
    return answer.body;
  };

  it("lets its owner sign in and find half a year of business, with books that balance", async () => {
    const email = found(/e-mail\s+(\S+)/);
    const password = found(/password\s+(\S+)/);
    const headers = { origin: server.url };
    const session = await server
      .api(null)
      .send<{ memberships: { program_id: string }[] }>(
        "POST",
        "/v1/session",
        { email, password },
        { headers },
      );
    expect(session.status).toBe(201);
    const program = session.body.memberships[0]?.program_id ?? "";
    const owner = { cookie: cookiesOf(session), "program-id": program };
    const figures = await soon(async () => {
      const funnel = await ask<FunnelAnswer>("/v1/reports/funnel", owner);
      return funnel.joined > 300 && funnel.purchases > 500 && funnel;
    });
    expect(figures.clicks).toBeGreaterThan(1_000);
    expect(figures.rewarded).toBeGreaterThan(50);
    await soon(async () => (await ask<{ ok: boolean }>("/v1/verify", owner)).ok);
  });

  it("opens the home of an advocate whose eight seats are taken", async () => {
    const link = found(/(\/portal\?token=\S+)/);
    const opened = await server.api(null).send("GET", link);
    expect(opened.headers.get("location")).toBe("/app/home");
    const me = await ask<ParticipantDetail>("/v1/participants/me", { cookie: cookiesOf(opened) });
    expect(me).toMatchObject({ name: "Asha Menon", direct_count: 8, direct_limit: 8 });
  });

  it("is there already the next time, and says so", async () => {
    const said = JSON.parse(await server.cli("seed", "--demo", "--json"));
    expect(said).toMatchObject({ loaded: null, owner: null, advocate: { name: "Asha Menon" } });
    expect(said.advocate.url).toContain("/portal?token=rh_emb_");
    const text = await server.cli("seed", "--demo");
    expect(text).toContain("loaded already");
  });
});
