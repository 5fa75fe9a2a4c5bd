import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../../tests/support/database.ts";
import { type Answered, openTestDoors, writingKey } from "../../../tests/support/doors.ts";
import { createWorld, type World } from "../../../tests/support/world.ts";
import { findAuditEntries } from "../../access/find-audit-entries.ts";
import type { LintAnswer, PlanAnswer } from "../contract/plans.ts";
import { rewardsRoutes } from "../routes.ts";
import { twoLevel } from "../templates/two-level.ts";

const database = useDatabase();
let world: World;
let doors: Awaited<ReturnType<typeof openTestDoors>>;

beforeAll(async () => {
  world = await createWorld(database.db);
  const deps = { db: database.db, plans: world.plans, announceAccess: () => {} };
  doors = await openTestDoors(database.db, rewardsRoutes(deps as never));
});
afterAll(() => doors.close());

const document = (terms: object = {}) => ({ ...(twoLevel.document("INR") as object), ...terms });
const bonus = {
  ...{ id: "welcome", rule: "fixed_amount", on: "signup" },
  levels: [{ level: 1, amount: { amount: 5_000, currency: "INR" } }],
};

const post = (path: string, body: object = {}): Promise<Answered> =>
  doors.post(writingKey(world.programId), `/v1/plans${path}`, body);

async function draft(terms: object): Promise<PlanAnswer> {
  return (await post("", { document: document(terms) })).body as unknown as PlanAnswer;
}

const lint = async (path: string, body: object = {}) =>
  (await post(path, body)).body as unknown as LintAnswer;
const codes = ({ findings }: LintAnswer) => findings.map(({ code }) => code);

describe("linting", () => {
  it("a sound plan finds nothing, and says what it costs at worst", async () => {
    const found = await lint(`/${(await draft({})).id}/lint`);
    expect(found).toMatchObject({ problems: [], findings: [], may_be_published: true });
    expect(found.examples).toHaveLength(4);
    expect(found.worst_case).toEqual({
      default_margin: "100",
      levels: [
        { level: 1, at_full_margin: "5", at_default_margin: "5" },
        { level: 2, at_full_margin: "1", at_default_margin: "1" },
      ],
      total: { at_full_margin: "6", at_default_margin: "6" },
      sentence:
        "At worst one purchase costs 6 % of it where all of it is profit, and 6 % of it at the program's margin of 100 %.",
    });
  });

  it("a text that is being written says what is wrong, before it is kept anywhere", async () => {
    const found = await lint("/lint", { document: document({ hold_days: "soon", rules: [] }) });
    expect(found).toMatchObject({ hash: null, findings: [], worst_case: null, may_be_published: false });
    expect(found.problems.map(({ pointer }) => pointer)).toContain("/hold_days");
    const foreign = await lint("/lint", { document: twoLevel.document("USD") as object });
    expect(foreign.problems).toMatchObject([{ pointer: "/currency", code: "wrong_currency" }]);
    const advised = await lint("/lint", { document: document({ hold_days: 0 }) });
    expect(codes(advised)).toEqual(["missing_hold"]);
    expect(advised.may_be_published).toBe(false);
  });

  it("an example that does not hold keeps a plan back", async () => {
    const wrong = { given: { amount: { amount: 200_000, currency: "INR" } }, expect: [] };
    const found = await lint("/lint", { document: document({ examples: [wrong] }) });
    expect(found.examples).toMatchObject([{ holds: false }]);
    expect(found.may_be_published).toBe(false);
  });

  it("counts the promotions that run over the plan", async () => {
    const other = await createWorld(database.db);
    const wall = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19);
    const launched = await doors.post(writingKey(other.programId), "/v1/promotions", {
      document: { name: "Double", starts_at: wall(1), ends_at: wall(9), multiplier: "200" },
    });
    expect(launched.status, JSON.stringify(launched.body)).toBe(201);
    const found = await doors.post(writingKey(other.programId), "/v1/plans/lint", { document: document() });
    expect(codes(found.body as unknown as LintAnswer)).toEqual(["promotion_without_budget"]);
    expect((found.body as unknown as LintAnswer).worst_case?.total.at_full_margin).toBe("12");
  });

  it("asks for a disclosure where links lead to a page of the program's own, until there is one", async () => {
    const { programId } = await createWorld(database.db);
    const as = writingKey(programId);
    const set = (change: object) => doors.patch(as, `/v1/programs/${programId}`, change);
    const found = async (terms: object = {}) =>
      codes((await doors.post(as, "/v1/plans/lint", { document: document(terms) })).body as never);
    expect(await found()).toEqual([]);
    await set({ destination_url: "https://shop.example/" });
    expect(await found()).toEqual(["missing_disclosure"]);
    const points = { id: "p", rule: "points", on: "purchase", levels: [{ level: 1, points: 5 }] };
    expect(await found({ rules: [points], examples: [] })).toEqual([]);
    const disclosure = { hi: "आपकी ख़रीद पर आपके मित्र को इनाम मिल सकता है।" };
    expect(await set({ disclosure, terms_url: "https://shop.example/terms" })).toMatchObject({
      status: 200,
      body: { disclosure, terms_url: "https://shop.example/terms" },
    });
    expect(await found()).toEqual([]);
    expect((await set({ disclosure: {} })).body).toMatchObject({ disclosure: {} });
    expect(await found()).toEqual(["missing_disclosure"]);
    for (const wrong of [{ fr: "Oui" }, { en: "" }, { en: "x".repeat(301) }, "Earns", null])
      expect((await set({ disclosure: wrong })).status, JSON.stringify(wrong)).toBe(400);
    expect(await set({ terms_url: "ftp://shop.example" })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "/terms_url" }] },
    });
  });

  it("nothing that is not there", async () => {
    expect((await post("/pln_unknown/lint")).status).toBe(404);
    expect((await post("/pln_unknown/acknowledgements", { code: "missing_hold", reason: "so" })).status).toBe(
      404,
    );
  });
});

describe("a plan with findings", () => {
  it("is published once each advisory one is acknowledged, by somebody, with a reason, in the audit", async () => {
    const { id, hash } = await draft({ hold_days: 0 });
    const refused = await post(`/${id}/publish`);
    expect(refused).toMatchObject({ status: 422, body: { code: "plan_has_findings" } });
    expect(refused.body["errors"]).toMatchObject([{ pointer: "/hold_days", code: "missing_hold" }]);
    const why = { code: "missing_hold", reason: "We give nothing back." };
    const kept = await post(`/${id}/acknowledgements`, why);
    expect(kept).toMatchObject({ status: 201, body: { ...why, hash, actor: { kind: "key" } } });
    expect((await post(`/${id}/acknowledgements`, why)).status).toBe(200);
    const found = await lint(`/${id}/lint`);
    expect(found.findings[0]?.acknowledged).toMatchObject({ reason: why.reason });
    expect(found.may_be_published).toBe(true);
    const { data } = await world.read((reader) => findAuditEntries(reader, world.programId, { limit: 5 }));
    expect(data.filter((entry) => entry.operation === "plans.acknowledge")).toMatchObject([
      { subject_id: id, changes: { code: "missing_hold", hash } },
    ]);
    expect((await post(`/${id}/publish`)).status).toBe(200);
    const late = await post(`/${id}/acknowledgements`, why);
    expect(late).toMatchObject({ status: 409, body: { code: "plan_published" } });
  });

  it("needs it anew when its text is another, and not when it is the same again", async () => {
    const { id, hash } = await draft({ hold_days: 0, direct_limit: 3 });
    await post(`/${id}/acknowledgements`, { code: "missing_hold", reason: "We give nothing back." });
    const patch = (terms: object) =>
      doors.ask(writingKey(world.programId), "PATCH", `/v1/plans/${id}`, {
        body: { document: document(terms) },
        headers: { "if-match": "*" },
      });
    await patch({ hold_days: 0, direct_limit: 4 });
    expect((await post(`/${id}/publish`)).status).toBe(422);
    expect((await patch({ hold_days: 0, direct_limit: 3 })).body["hash"]).toBe(hash);
    expect((await lint(`/${id}/lint`)).may_be_published).toBe(true);
  });

  it("that block is not published, whatever its owner says", async () => {
    const { id } = await draft({ rules: [bonus] });
    expect(codes(await lint(`/${id}/lint`))).toEqual(["country_forbids", "money_for_enrolment"]);
    const refused = await post(`/${id}/acknowledgements`, { code: "country_forbids", reason: "But I want." });
    expect(refused).toMatchObject({ status: 409, body: { code: "finding_is_blocking" } });
    await post(`/${id}/acknowledgements`, { code: "money_for_enrolment", reason: "I know." });
    expect(await post(`/${id}/publish`)).toMatchObject({
      status: 422,
      body: { errors: [{ code: "country_forbids" }] },
    });
    const unknown = await post(`/${id}/acknowledgements`, { code: "missing_hold", reason: "So." });
    expect(unknown).toMatchObject({ status: 422, body: { code: "finding_not_found" } });
  });
});
