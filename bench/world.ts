import fs from "node:fs";
import type { Bench } from "./bench.ts";
import { type Program, provision, provisionUnlimited } from "./programs.ts";
import { FIRST_BUYER, type Shape, STAR, writeWorld } from "./write-world.ts";

/** A program with a past that nobody lived through. */
export type World = Program & { people: number; buyers: { first: number; last: number } };

export const REPLAYED_PURCHASES = 100_000;
export const WIDE_FRIENDS = 100_000;

const SMALL_PEOPLE = 1_000;
const GB = 1024 ** 3;
const BYTES_PER_PERSON = 40 * 1024;

/** 1 000 participants and 10 000 transfers. */
export const openSmallWorld = (bench: Bench): Promise<World> =>
  bench.once("small world", () =>
    load(bench, "Small world", { people: SMALL_PEOPLE, purchases: 3, network: "tree" }),
  );

/** 100 000 purchases in the books. */
export const openReplayWorld = (bench: Bench): Promise<World> =>
  bench.once("replay world", () =>
    load(bench, "Replay world", { people: REPLAYED_PURCHASES / 4, purchases: 4, network: "tree" }),
  );

/** Up to a thousand times as many. */
export const openBigWorld = (bench: Bench, people: number): Promise<World> =>
  bench.once("big world", () => load(bench, "Big world", { people, purchases: 3, network: "tree" }));

/** One advocate with 100 000 direct friends and one with 100, in one program. */
export const openStar = (bench: Bench): Promise<World & { wide: number; narrow: number }> =>
  bench.once("star", async () => {
    const people = STAR.narrow + STAR.narrowFriends + WIDE_FRIENDS;
    const world = await load(bench, "Star", { people, purchases: 1, network: "star" });
    return { ...world, wide: STAR.wide, narrow: STAR.narrow };
  });

async function load(bench: Bench, name: string, shape: Shape): Promise<World> {
  requireRoom(bench.server.dataFolder, shape.people);
  const began = Date.now();
  const program = await (shape.network === "star" ? provisionUnlimited : provision)(bench, name);
  await writeWorld(bench.product, program.id, shape);
  // So that nothing is left for a vacuum to do while somebody measures.
  await bench.product.query("vacuum (analyze)");
  await bench.product.query("checkpoint");
  bench.say(`  ${name}: ${shape.people} participants in ${Math.round((Date.now() - began) / 1_000)} s`);
  return {
    ...program,
    people: shape.people,
    buyers: { first: FIRST_BUYER[shape.network], last: shape.people },
  };
}

function requireRoom(folder: string, people: number): void {
  const { bavail, bsize } = fs.statfsSync(folder);
  const free = bavail * bsize;
  const wanted = people * BYTES_PER_PERSON;
  if (free > wanted) return;
  throw new Error(
    `A world of ${people} people takes about ${Math.ceil(wanted / GB)} GB, and ${folder} has ${Math.floor(free / GB)}.`,
  );
}
