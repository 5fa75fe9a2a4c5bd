import pg from "pg";
import { describe, expect, test } from "vitest";
import { twoLevel } from "../server/rewards/templates/two-level.ts";
import { verifyProgram } from "../server/rewards/verify-program.ts";
import { useDatabase } from "../tests/support/database.ts";
import { createWorld } from "../tests/support/world.ts";
import { type Shape, writeWorld } from "./write-world.ts";

const database = useDatabase();

const shapes: Record<string, Shape> = {
  "a tree": { people: 200, purchases: 3, network: "tree" },
  "a star": { people: 150, purchases: 1, network: "star" },
};

describe("a world written past the API", () => {
  test.each(Object.entries(shapes))(
    "%s breaks no invariant, also when people go on in it",
    async (_name, shape) => {
      const world = await createWorld(database.db);
      if (shape.network === "star") await unlimited(world);
      await asOwner((owner) => writeWorld(owner, world.programId, shape));
      await world.buy({ id: `par_${"150".padStart(26, "0")}` }, 200_000, { profit: 40_000 });
      await world.work();
      const { checks } = await verifyProgram(database.db, world.programId, new Date());
      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
      const rewards = checks.find(({ id }) => id === "I4")?.figure.replace(/\D/g, "");
      expect(Number(rewards)).toBe((shape.people * shape.purchases + 1) * 2);
    },
  );
});

async function unlimited(world: Awaited<ReturnType<typeof createWorld>>): Promise<void> {
  await world.publish(Object.assign({}, twoLevel.document(world.currency), { direct_limit: null }));
}

async function asOwner(work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client(database.owner);
  await owner.connect();
  try {
    await work(owner);
  } finally {
    await owner.end();
  }
}
