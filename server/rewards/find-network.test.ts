import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openMoneyDesk } from "../../tests/support/money-desk.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { NetworkAnswer } from "../referrals/contract.ts";

const database = useDatabase();
let world: World;
let anna: Person;

beforeAll(async () => {
  world = await createWorld(database.db);
  anna = await world.join("Anna");
});

describe("the network as of a time", () => {
  it("has those who had joined by then, with what they had brought", async () => {
    const desk = await openMoneyDesk(world);
    const moment = async () => (await world.moment()).toISOString();
    const at = async (time: string, depth = 2) =>
      (await desk.get<NetworkAnswer>(`/v1/participants/${anna.id}/network?depth=${depth}&as_of=${time}`))
        .body;
    const empty = await moment();
    const bob = await world.join("Bob", { under: anna });
    const carol = await world.join("Carol", { under: bob });
    const before = await moment();
    await world.buy(carol, 200_000, { profit: 40_000 });
    await world.buy(bob, 200_000, { profit: 40_000 });
    const bought = await moment();
    await world.join("Dora", { under: bob });
    await world.join("Emil", { under: anna });
    await world.work();

    expect(await at(empty)).toMatchObject({ levels: [], data: [] });
    expect(await at(before)).toMatchObject({
      levels: [
        { level: 1, participants: 1, earned: [] },
        { level: 2, participants: 1, earned: [] },
      ],
      data: [
        { participant_id: bob.id, network_count: 1, direct_count: 1, referral_status: "joined", earned: [] },
      ],
    });
    const then = await at(bought);
    expect(then.data).toMatchObject([
      {
        participant_id: bob.id,
        network_count: 1,
        referral_status: "qualified",
        earned: [{ amount: 2_400, currency: "INR" }],
        legs: [{ participant_id: carol.id, network_count: 0 }],
      },
    ]);
    // As of now it is what the counters say.
    const now = (await desk.get<NetworkAnswer>(`/v1/participants/${anna.id}/network?depth=2`)).body;
    expect(await at(await moment())).toEqual(now);
    const wrong = await desk.get(`/v1/participants/${anna.id}/network?as_of=2026-02-31T00:00:00Z`);
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: "/query/as_of" }] } });
    await desk.close();
  });
});
