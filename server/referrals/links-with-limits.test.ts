import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { findLink } from "../links/find-link.ts";
import { recordLinkUses } from "../links/record-link-uses.ts";

const database = useDatabase();
let world: World;
let asha: Person;
let count = 0;

beforeAll(async () => {
  world = await createWorld(database.db);
});
beforeEach(async () => {
  asha = await world.join("Asha", { externalId: `asha-${++count}` });
});

const setLink = (change: ReturnType<typeof sql>) =>
  world.write((tx) =>
    tx.run(sql`update links set ${change} where program_id = ${tx.programId} and id = ${asha.link.id}`),
  );
const linkNow = () => world.read((reader) => findLink(reader, asha.link.id));
const reasonsOf = (people: Person[]) =>
  people.map(({ referral }) => referral?.reasons[0] ?? referral?.status);

describe("a link that may bring so many", () => {
  it("brings exactly as many, in one batch or in many at once", async () => {
    await setLink(sql`max_uses = 3`);
    const batch = await world.joinTogether([
      { name: "Ben", under: asha },
      { name: "Chen", under: asha },
    ]);
    expect(reasonsOf(batch)).toEqual(["joined", "joined"]);
    const rush = await Promise.all(
      ["Dev", "Ela", "Fay", "Gil"].map((name) => world.join(name, { under: asha })),
    );
    expect(reasonsOf(rush).sort()).toEqual(["joined", "link_used_up", "link_used_up", "link_used_up"]);
    expect(await linkNow()).toMatchObject({ uses: 3, state: "used_up" });
  });

  it("refuses the one beyond the limit inside a batch, too", async () => {
    await setLink(sql`max_uses = 1`);
    const batch = await world.joinTogether(["Ben", "Chen"].map((name) => ({ name, under: asha })));
    expect(reasonsOf(batch)).toEqual(["joined", "link_used_up"]);
  });

  it("counts nobody who was refused for another reason, and nothing without a limit", async () => {
    await world.join("Ben", { under: asha });
    expect(await linkNow()).toMatchObject({ uses: 0 });
    await setLink(sql`max_uses = 1`);
    await world.join("Asha again", { under: asha, email: asha.email });
    expect(await linkNow()).toMatchObject({ uses: 0, state: "active" });
  });

  it("says which uses were beyond it to whoever counts them", async () => {
    await setLink(sql`max_uses = 2`);
    const over = await world.write((tx) => recordLinkUses(tx, [asha.link.id, asha.link.id, asha.link.id]));
    expect(over).toEqual([asha.link.id]);
    expect(await linkNow()).toMatchObject({ uses: 2 });
  });
});

describe("a link with a date", () => {
  it("brings nobody from that moment on, except those who came before it", async () => {
    const click = await world.visit(asha);
    await setLink(sql`expires_at = now() + interval '1 hour'`);
    expect(reasonsOf([await world.join("Ben", { under: asha })])).toEqual(["joined"]);
    await setLink(sql`expires_at = now()`);
    expect(await linkNow()).toMatchObject({ state: "expired" });
    expect(reasonsOf([await world.join("Chen", { under: asha })])).toEqual(["expired_link"]);
    expect(reasonsOf([await world.join("Dev", { click })])).toEqual(["joined"]);
  });

  it("is not brought back by having been opened in time, where somebody paused it", async () => {
    const click = await world.visit(asha);
    await setLink(sql`expires_at = now(), state = 'paused'`);
    expect(reasonsOf([await world.join("Ben", { click })])).toEqual(["expired_link"]);
  });
});

describe("a link with a channel", () => {
  it("gives it to those it brings, where the caller names none", async () => {
    await setLink(sql`channel = 'poster'`);
    expect((await world.join("Ben", { under: asha })).referral?.channel).toBe("poster");
    expect((await world.join("Chen", { under: asha, channel: "mail" })).referral?.channel).toBe("mail");
  });
});

describe("a link with several codes", () => {
  it("is reached by each of them, however they are typed", async () => {
    await world.write((tx) =>
      tx.run(sql`
        insert into link_codes (code, program_id, link_id, participant_id)
        values (${`asha-${count}`}, ${tx.programId}, ${asha.link.id}, ${asha.id})`),
    );
    const typed = { link: { id: asha.link.id, code: ` ASHA-${count} ` } };
    expect((await world.join("Ben", { under: typed })).referral?.advocateId).toBe(asha.id);
    const old = { link: { id: asha.link.id, code: asha.link.code.replace(/(.{5})/, "$1-").toUpperCase() } };
    expect((await world.join("Chen", { under: old })).referral?.advocateId).toBe(asha.id);
  });
});
