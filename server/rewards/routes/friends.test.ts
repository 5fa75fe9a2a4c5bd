import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../../tests/support/database.ts";
import { openTestDoors, participantActor, writingKey } from "../../../tests/support/doors.ts";
import { createWorld, type Person, type World } from "../../../tests/support/world.ts";
import type { FriendAnswer } from "../contract/friends.ts";
import { rewardsRoutes } from "../routes.ts";

const HOLD_OVER = new Date(Date.now() - 60 * 86_400_000);
const database = useDatabase();
let doors: Awaited<ReturnType<typeof openTestDoors>>;
let world: World;
let asha: Person;

beforeAll(async () => {
  world = await createWorld(database.db, { joinedAt: new Date(Date.now() - 90 * 86_400_000) });
  const deps = { db: database.db, plans: world.plans, publicUrl: () => "http://refer.example" };
  doors = await openTestDoors(database.db, rewardsRoutes({ ...deps, announceAccess: () => {} } as never));
});
afterAll(() => doors.close());
beforeEach(async () => {
  asha = await world.join("Asha");
});

const owner = () => participantActor(world.programId, asha.id);
const friends = async (path = "me"): Promise<FriendAnswer[]> => {
  const { status, body } = await doors.get(owner(), `/v1/participants/${path}/friends`);
  expect(status).toBe(200);
  return body["data"] as FriendAnswer[];
};
const friend = async (person: Person): Promise<FriendAnswer> => {
  const found = (await friends()).find(({ participant_id }) => participant_id === person.id);
  if (!found) throw new Error("not among the friends");
  return found;
};
const stepsOf = ({ steps }: FriendAnswer) => steps.map(({ state }) => state).join(" ");
const nudge = (id: string, actor = owner()) => doors.post(actor, `/v1/referrals/${id}/nudge`, {});
const mailsTo = (person: Person) =>
  world.read((reader) =>
    reader.many<{
      message: string;
      toAddress: string;
      facts: { friend: string; inviter: string | null };
    }>(sql`
      select message, to_address, facts from mails where program_id = ${reader.programId}
         and participant_id = ${person.id} and message = 'nudge'`),
  );

describe("the friends of an advocate", () => {
  it("shows for each how far they came, what is missing, who must do it and what it pays", async () => {
    const ben = await world.join("Ben", { under: asha });
    const joined = await friend(ben);
    expect(stepsOf(joined)).toBe("done done next later");
    expect(joined).toMatchObject({
      name: "Ben",
      status: "joined",
      earned: [],
      missing: {
        code: "next_act",
        actor: "friend",
        until: null,
        message: "Next: their first order over ₹1,000.00. You then get 5 % of the profit.",
      },
    });
  });

  it("says why an order did not count, before what comes next", async () => {
    const ben = await world.join("Ben", { under: asha });
    await world.buy(ben, 95_000);
    expect((await friend(ben)).missing?.message).toMatch(
      /₹950\.00.*₹1,000\.00.*Next: their first order over/,
    );
  });

  it("follows the money: on its way until its day, then rewarded", async () => {
    const ben = await world.join("Ben", { under: asha });
    await world.buy(ben, 200_000, { profit: 40_000 });
    await world.work();
    const waiting = await friend(ben);
    expect(stepsOf(waiting)).toBe("done done done next");
    expect(waiting.missing).toMatchObject({
      code: "on_its_way",
      actor: "us",
      message: "₹20.00 is on its way.",
    });
    expect(new Date(waiting.missing?.until ?? 0).getTime()).toBeGreaterThan(Date.now());
    expect(waiting.earned).toEqual([{ amount: 2_000, currency: "INR" }]);

    const chen = await world.join("Chen", { under: asha });
    await world.buy(chen, 200_000, { profit: 40_000, at: HOLD_OVER });
    await world.work();
    const done = await friend(chen);
    expect(stepsOf(done)).toBe("done done done done");
    expect(done).toMatchObject({ status: "rewarded", missing: null });
  });

  it("keeps those who do not count, with the reason", async () => {
    const full = await world.join("Full");
    for (let count = 0; count < 9; count++) await world.join(`Friend ${count}`, { under: full });
    const { body } = await doors.get(
      writingKey(world.programId),
      `/v1/participants/${full.id}/friends?limit=1`,
    );
    const [last] = body["data"] as FriendAnswer[];
    expect(last).toMatchObject({
      status: "not_eligible",
      missing: { code: "not_eligible", actor: "program" },
    });
    expect(stepsOf(last as FriendAnswer)).toBe("done done failed later");
    expect(body["has_more"]).toBe(true);
  });

  it("is shown to its owner and the program only", async () => {
    const ben = await world.join("Ben", { under: asha });
    const other = participantActor(world.programId, ben.id);
    expect((await doors.get(other, `/v1/participants/${asha.id}/friends`)).status).toBe(404);
  });
});

describe("a nudge", () => {
  it("reminds a friend once in a day, in the advocate's name where they agreed to it", async () => {
    const ben = await world.join("Ben", { under: asha });
    const { id } = await friend(ben);
    expect((await friend(ben)).nudge).toEqual({ is_possible: true, next_at: null });
    expect((await nudge(id)).status).toBe(201);
    const again = await nudge(id);
    expect([again.status, again.body["code"]]).toEqual([409, "reminded_already"]);
    const { nudge: after } = await friend(ben);
    expect(after.is_possible).toBe(false);
    expect(Date.parse(after.next_at ?? "") - Date.now()).toBeGreaterThan(86_000_000);
    expect(await mailsTo(ben)).toMatchObject([
      { toAddress: ben.email, facts: { friend: "Ben", inviter: null } },
    ]);

    const yesterday = sql`update nudges set nudged_at = now() - interval '1 day'`;
    await world.write((tx) => tx.run(sql`${yesterday} where program_id = ${tx.programId}`));
    expect((await nudge(id)).status).toBe(201);
    expect(await mailsTo(ben)).toHaveLength(2);
  });

  it("goes out once, however many ask at the same moment", async () => {
    const ben = await world.join("Ben", { under: asha });
    const { id } = await friend(ben);
    const answers = await Promise.all(Array.from({ length: 8 }, () => nudge(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    expect(await mailsTo(ben)).toHaveLength(1);
  });

  it("is refused where the next step is not the friend's, and to whoever did not bring them", async () => {
    const ben = await world.join("Ben", { under: asha });
    const { id } = await friend(ben);
    const stranger = participantActor(world.programId, ben.id);
    expect((await nudge(id, stranger)).status).toBe(404);
    await world.buy(ben, 200_000, { profit: 40_000 });
    const refused = await nudge(id);
    expect([refused.status, refused.body["code"]]).toEqual([409, "nothing_to_remind_of"]);
    expect(await mailsTo(ben)).toHaveLength(0);
  });
});
