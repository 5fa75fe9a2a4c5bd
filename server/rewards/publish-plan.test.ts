import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import { findProgram } from "../programs/find-program.ts";
import { createPlan } from "./create-plan.ts";
import { publishPlan } from "./publish-plan.ts";
import { setTermsInForce } from "./set-terms-in-force.ts";
import { twoLevel } from "./templates/two-level.ts";

const database = useDatabase();
const SOON_MS = 300;

const planWith = (terms: object) => ({ ...(twoLevel.document("INR") as object), ...terms });

function publish(world: World, terms: object, from: Date | null = null) {
  return world.write(async (tx) => publishPlan(tx, (await createPlan(tx, planWith(terms))).id, from));
}

const limitOf = async (world: World) => (await world.read(findProgram)).directLimit;

describe("the direct limit of a plan", () => {
  it("is gone for everybody with a plan that has none", async () => {
    const world = await createWorld(database.db);
    const anna = await world.join("Anna");
    await world.join("Bob", { under: anna });
    await publish(world, { direct_limit: null });
    expect((await world.join("Chen", { under: anna })).referral?.status).toBe("joined");
  });

  it("never falls below those somebody has brought, and grows again", async () => {
    const world = await createWorld(database.db);
    const anna = await world.join("Anna");
    for (const name of ["Bob", "Chen"]) await world.join(name, { under: anna });
    await publish(world, { direct_limit: 1 });
    expect((await world.join("Dora", { under: anna })).referral?.reasons).toEqual(["direct_limit_reached"]);
    await publish(world, { direct_limit: 3 });
    expect((await world.join("Emil", { under: anna })).referral?.status).toBe("joined");
  });

  it("holds from the day of the plan, not from the day it was published", async () => {
    const world = await createWorld(database.db);
    const anna = await world.join("Anna");
    await publish(world, { direct_limit: 1 }, new Date(Date.now() + SOON_MS));
    expect(await world.write(setTermsInForce)).toBe(0);
    expect(await limitOf(world)).toBe(8);
    for (const name of ["Bob", "Chen"])
      expect((await world.join(name, { under: anna })).referral?.status).toBe("joined");
    await expect.poll(() => world.write(setTermsInForce)).toBe(1);
    expect(await limitOf(world)).toBe(1);
    expect((await world.join("Dora", { under: anna })).referral?.reasons).toEqual(["direct_limit_reached"]);
  });

  it("is that of the plan in force, also where a later one has been published before", async () => {
    const world = await createWorld(database.db);
    await publish(world, { direct_limit: 1 }, new Date(Date.now() + 86_400_000));
    await publish(world, { direct_limit: 5 });
    expect(await limitOf(world)).toBe(5);
  });
});
