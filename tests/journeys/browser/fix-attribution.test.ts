import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClaimAnswer } from "../../../server/referrals/contract/claims.ts";
import { useChromium } from "../../support/browser.ts";
import { type Provisioned, startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

/** JS4: from the referral to another advocate, at most. */
const REASSIGN_ACTIONS_MAX = 6;

describe("an operator puts attribution right", () => {
  const chromium = useChromium();
  let server: TestServer;
  let program: Provisioned;
  let operator: Visitor;

  beforeAll(async () => {
    server = await startServer();
    program = await server.provision();
    operator = await chromium.visitor();
    const { page } = operator;
    await page.goto(`${server.url}/app/sign-in`);
    await page.getByLabel("E-mail").fill(program.owner.email);
    await page.getByLabel("Password").fill(program.owner.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(/\/programs/);
  });
  afterAll(() => server.stop());

  it("sees why somebody counts, and what another one would move, before it moves", async () => {
    const { api } = program;
    const { page } = operator;
    const anna = await api.join(undefined, { name: "Anna Advocate" });
    const bela = await api.join(undefined, { name: "Bela Better" });
    const friend = await api.join(anna, { name: "Fay Friend" });
    await api.buy(friend, 200_000, 40_000);
    await page.goto(`${server.url}/app/programs/${program.programId}/referrals`);
    await page.getByRole("link", { name: "Fay Friend" }).click();
    await page.getByText("decided by “Code wins”").first().waitFor();
    await page.getByText("Won", { exact: true }).waitFor();
    operator.takeActions();
    await page.getByRole("button", { name: "Reassign" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox").fill("Bela");
    await dialog.getByRole("option", { name: /Bela Better/ }).click();
    await dialog.getByRole("cell", { name: /−.*20\.00/ }).waitFor();
    await dialog.getByLabel("Reason").fill("They met at the fair.");
    await dialog.getByRole("button", { name: "Reassign" }).click();
    await page.getByText("“They met at the fair.”").waitFor();
    const actions = operator.takeActions();
    console.log(`actions to another advocate: ${actions.length}`);
    expect(actions.length, actions.join(", ")).toBeLessThanOrEqual(REASSIGN_ACTIONS_MAX);
    const { body } = await api.get<{ advocate_id: string }>(`/v1/referrals/${friend.id}`);
    expect(body.advocate_id).toBe(bela.id);
  });

  it("finds a late claim counted in the navigation, and decides it", async () => {
    const { api } = program;
    const { page } = operator;
    const late = await api.join(undefined, { name: "Lata Late" });
    const anna = await api.join(undefined, { name: "Asha Advocate" });
    const claimed = await api.post<ClaimAnswer>("/v1/referrals/claim", {
      participant: late.id,
      code: anna.code,
      note: "By phone",
    });
    expect(claimed.status, JSON.stringify(claimed.body)).toBe(201);
    await page.goto(`${server.url}/app/programs/${program.programId}`);
    await page.getByRole("link", { name: "Referrals 1 to decide" }).click();
    await page.getByRole("link", { name: "To decide (1)" }).click();
    await page.getByRole("button", { name: "Look and approve" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("They name Asha Advocate").waitFor();
    await dialog.getByText("No money moves").waitFor();
    await dialog.getByLabel("Reason").fill("Asha remembers it.");
    await dialog.getByRole("button", { name: "Approve" }).click();
    await page.getByText("Nothing to decide").waitFor();
    const { body } = await api.get<{ advocate_id: string }>(`/v1/referrals/${late.id}`);
    expect(body.advocate_id).toBe(anna.id);
  });
});
