import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../../tests/support/database.ts";
import { type Answered, openTestDoors, readingKey, writingKey } from "../../../tests/support/doors.ts";
import { createWorld, type World } from "../../../tests/support/world.ts";
import { findAuditEntries } from "../../access/find-audit-entries.ts";
import { findEvents } from "../../events/find-events.ts";
import type { PlanAnswer, PlanDiffAnswer } from "../contract/plans.ts";
import { createPlan } from "../create-plan.ts";
import { twoLevel } from "../templates/two-level.ts";
import { planRoutes } from "./plans.ts";

const database = useDatabase();
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

let world: World;
let doors: Awaited<ReturnType<typeof openTestDoors>>;

beforeAll(async () => {
  world = await createWorld(database.db);
  doors = await openTestDoors(database.db, planRoutes({ db: database.db } as never));
});
afterAll(() => doors.close());

const document = (terms: object = {}) => ({ ...(twoLevel.document("INR") as object), ...terms });
const key = () => writingKey(world.programId);

async function post(path: string, body: object = {}): Promise<Answered> {
  return doors.ask(key(), "POST", `/v1/plans${path}`, { body });
}

async function draft(terms: object = {}, fields: object = {}): Promise<PlanAnswer> {
  const { status, body } = await post("", { document: document(terms), ...fields });
  expect(status, JSON.stringify(body)).toBe(201);
  return body as PlanAnswer;
}

function patch(id: string, terms: object, headers: Record<string, string>): Promise<Answered> {
  return doors.ask(key(), "PATCH", `/v1/plans/${id}`, { body: { document: document(terms) }, headers });
}

const published = async (terms: object, from?: string): Promise<PlanAnswer> => {
  const { id } = await draft(terms);
  const { status, body } = await post(`/${id}/publish`, from === undefined ? {} : { from });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as PlanAnswer;
};

describe("a draft", () => {
  it("takes another text from whoever has read the one it has", async () => {
    const { id, hash } = await draft();
    const read = await doors.get(readingKey(world.programId), `/v1/plans/${id}`);
    expect(read.etag).toBe(`"${hash}"`);
    const changed = await patch(id, { hold_days: 3 }, { "if-match": read.etag });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ id, state: "draft", document: { hold_days: 3 } });
    expect(changed.etag).not.toBe(read.etag);
    expect(changed.body["hash"]).toBe(changed.etag.slice(1, -1));
  });

  it("keeps what somebody else has written meanwhile", async () => {
    const { id, hash } = await draft();
    expect((await patch(id, { hold_days: 3 }, { "if-match": `"${hash}"` })).status).toBe(200);
    const late = await patch(id, { hold_days: 4 }, { "if-match": `"${hash}"` });
    expect(late).toMatchObject({ status: 412, body: { code: "plan_changed" } });
    expect((await doors.get(key(), `/v1/plans/${id}`)).body).toMatchObject({ document: { hold_days: 3 } });
    expect((await patch(id, { hold_days: 4 }, { "if-match": "*" })).status).toBe(200);
  });

  it("is not changed by somebody who does not say what they have read", async () => {
    const { id } = await draft();
    expect(await patch(id, {}, {})).toMatchObject({ status: 428, body: { code: "if_match_required" } });
  });

  it("does not become what is no plan", async () => {
    const { id, hash } = await draft();
    const refused = await patch(id, { hold_days: -1 }, { "if-match": `"${hash}"` });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: "/hold_days" }] } });
  });

  it("can be deleted, and what was published cannot", async () => {
    const { id } = await draft();
    expect((await doors.ask(key(), "DELETE", `/v1/plans/${id}`)).status).toBe(204);
    expect((await doors.get(key(), `/v1/plans/${id}`)).status).toBe(404);
    expect((await doors.ask(key(), "DELETE", `/v1/plans/${id}`)).status).toBe(404);
    const kept = await published({ hold_days: 12 });
    const refused = await doors.ask(key(), "DELETE", `/v1/plans/${kept.id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: "plan_published" } });
    const unchanged = await patch(kept.id, {}, { "if-match": "*" });
    expect(unchanged).toMatchObject({ status: 409, body: { code: "plan_published" } });
  });

  it("knows the version it was begun from, if there is one", async () => {
    const { version } = await published({ hold_days: 11 });
    expect(await draft({}, { base_version: version })).toMatchObject({ base_version: version });
    const refused = await post("", { document: document(), base_version: 999 });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ code: "unknown_version" }] } });
  });
});

describe("the difference between two plans", () => {
  const diff = async (id: string, other?: string | number) =>
    doors.get(key(), `/v1/plans/${id}/diff${other === undefined ? "" : `?with=${other}`}`);

  it("is told against a plan, a version, and otherwise the one it was begun from", async () => {
    const first = await published({ hold_days: 5 });
    await published({ hold_days: 6 });
    const later = await draft({ hold_days: 7 }, { base_version: first.version });
    for (const other of [first.id, first.version ?? 0, undefined]) {
      const { status, body } = await diff(later.id, other);
      expect(status).toBe(200);
      const { before, after, changes } = body as PlanDiffAnswer;
      expect([before.version, after.version]).toEqual([first.version, null]);
      expect(changes.map((one) => one.sentence)).toEqual(["The hold in days is 7 instead of 5."]);
    }
  });

  it("is told against the plan in force where nothing else is said", async () => {
    const { version } = await published({ hold_days: 8 });
    const { body } = await diff((await draft({ hold_days: 9 })).id);
    expect(body).toMatchObject({ before: { version }, changes: [{ before: 8, after: 9 }] });
  });

  it("needs something to compare with", async () => {
    const { id } = await draft();
    expect(await diff(id, "pln_unknown")).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/with" }] },
    });
    const empty = await createWorld(database.db, { template: null });
    const alone = await empty.write((tx) => createPlan(tx, document()));
    const refused = await doors.get(readingKey(empty.programId), `/v1/plans/${alone.id}/diff`);
    expect(refused.status).toBe(400);
  });
});

describe("a published plan", () => {
  it("can be withdrawn before its day, keeps its number, and never holds", async () => {
    const scheduled = await published({ hold_days: 20 }, TOMORROW);
    const withdrawn = await post(`/${scheduled.id}/withdraw`);
    expect(withdrawn).toMatchObject({
      status: 200,
      body: { state: "withdrawn", version: scheduled.version },
    });
    expect((await published({ hold_days: 21 })).version).toBe((scheduled.version ?? 0) + 1);
    expect(await post(`/${scheduled.id}/withdraw`)).toMatchObject({ status: 409 });
    expect(await post(`/${scheduled.id}/rollback`)).toMatchObject({ body: { code: "plan_not_published" } });
    expect(await post(`/${scheduled.id}/publish`)).toMatchObject({ body: { code: "plan_published" } });
  });

  it("cannot be withdrawn once it holds", async () => {
    const { id } = await published({ hold_days: 22 });
    expect(await post(`/${id}/withdraw`)).toMatchObject({
      status: 409,
      body: { code: "plan_not_scheduled" },
    });
    expect(await post(`/${(await draft()).id}/withdraw`)).toMatchObject({ status: 409 });
    expect(await post("/pln_unknown/withdraw")).toMatchObject({ status: 404 });
  });

  it("cannot be withdrawn in the last minutes before its day, when conversions may be settled by it", async () => {
    const { id } = await published({ hold_days: 23 }, new Date(Date.now() + 9 * 60_000).toISOString());
    expect(await post(`/${id}/withdraw`)).toMatchObject({
      status: 409,
      body: { code: "plan_not_scheduled" },
    });
  });

  it("comes back as a new version with the old text", async () => {
    const old = await published({ hold_days: 24 });
    await published({ hold_days: 25 });
    const back = await post(`/${old.id}/rollback`);
    expect(back.status).toBe(201);
    const copy = back.body as PlanAnswer;
    expect(copy).toMatchObject({ state: "published", hash: old.hash, base_version: old.version });
    expect(copy.version).toBeGreaterThan(old.version ?? 0);
    expect(copy.id).not.toBe(old.id);
    const sale = await world.buy(await world.join("Buyer"), 500_000);
    expect(sale.conversion.planVersion).toBe(copy.version);
    expect(await post("/pln_unknown/rollback")).toMatchObject({ status: 404 });
  });

  it("gets a number of its own when many are published at once", async () => {
    const drafts = await Promise.all([1, 2, 3, 4].map((days) => draft({ hold_days: 30 + days })));
    const answers = await Promise.all(drafts.map(({ id }) => post(`/${id}/publish`)));
    const versions = answers.map(({ body }) => (body as PlanAnswer).version ?? 0).sort((a, b) => a - b);
    expect(versions.map((version) => version - (versions[0] ?? 0))).toEqual([0, 1, 2, 3]);
  });
});

describe("what was done to plans", () => {
  it("is in the audit and, where others follow it, in the log", async () => {
    const own = await createWorld(database.db);
    const asked = async (method: "POST" | "PATCH" | "DELETE", path: string, body?: object) =>
      (
        await doors.ask(writingKey(own.programId), method, `/v1/plans${path}`, {
          ...(body ? { body } : {}),
          headers: { "if-match": "*" },
        })
      ).body as PlanAnswer;
    const one = await asked("POST", "", { document: document() });
    await asked("PATCH", `/${one.id}`, { document: document({ hold_days: 2 }) });
    await asked("POST", `/${one.id}/publish`, { from: TOMORROW });
    await asked("POST", `/${one.id}/withdraw`);
    const two = await asked("POST", "", { document: document() });
    await asked("DELETE", `/${two.id}`);
    const three = await asked("POST", "", { document: document() });
    await asked("POST", `/${three.id}/publish`, {});
    await asked("POST", `/${three.id}/rollback`, {});
    const audit = await own.read((reader) => findAuditEntries(reader, own.programId, { limit: 50 }));
    expect(audit.data.map((entry) => entry.operation).reverse()).toEqual([
      "plans.create",
      "plans.update",
      "plans.publish",
      "plans.withdraw",
      "plans.create",
      "plans.delete",
      "plans.create",
      "plans.publish",
      "plans.rollback",
    ]);
    const events = await own.read((reader) =>
      findEvents(reader, { position: 0n, id: "" }, 1n << 62n, 50, ["plan.published", "plan.withdrawn"]),
    );
    expect(events.map((event) => event.type)).toEqual([
      "plan.published",
      "plan.published",
      "plan.withdrawn",
      "plan.published",
      "plan.published",
    ]);
  });
});

describe("what a plan can be made of", () => {
  it("is told whole: rules, conditions, tiers, caps, as the schemas that texts are checked by", async () => {
    const { status, body } = await doors.get(key(), "/v1/rules");
    expect(status).toBe(200);
    const told = body as Record<"conditions" | "tiers" | "caps" | "document", JsonSchema>;
    const { tiers, caps, when } = told.document.properties as Record<string, JsonSchema>;
    expect(when).toBeUndefined();
    expect([tiers, caps]).toEqual([told.tiers, told.caps]);
    expect(Object.keys(told.conditions.properties ?? {})).toContain("amount_above");
    expect(told.tiers).toMatchObject({ type: "array", maxItems: 20, title: "Tiers" });
    expect(told.caps.items?.properties?.["period"]).toMatchObject({ enum: expect.arrayContaining(["ever"]) });
    expect((body["data"] as { name: string }[]).map(({ name }) => name)).toContain("milestone_bonus");
  });
});

type JsonSchema = { properties?: Record<string, JsonSchema>; items?: JsonSchema };
