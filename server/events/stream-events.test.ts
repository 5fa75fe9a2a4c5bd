import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld } from "../../tests/support/world.ts";
import type { Database, Reader } from "../platform/database.ts";
import { messageOf } from "./message.ts";
import { streamEvents, type View } from "./stream-events.ts";

const database = useDatabase();
const nothing = () => {};
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const bus = { publish: nothing, subscribe: () => nothing, close: async () => {} };
const AGAIN_MS = 5;

/** Sees everything; opens when told to. */
const viewOf = (opened: Promise<void> = Promise.resolve()): View => ({
  open: () => opened,
  rewind: nothing,
  sees: () => true,
  apply: (event) => messageOf(event),
  people: () => [],
  opening: () => null,
  wantsSummary: false,
  refresh: async () => null,
});

function gate() {
  let open: () => void = nothing;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

/** The same database, whose next read that finds something is slow to arrive. */
function slowReads(db: Database) {
  const arrival = gate();
  const found = gate();
  let isSlow = false;
  const slowly = (reader: Reader): Reader => ({
    ...reader,
    programId: reader.programId,
    one: (query) => reader.one(query),
    maybe: (query) => reader.maybe(query),
    many: async (query) => {
      const rows = await reader.many(query);
      if (!isSlow || rows.length === 0) return rows as never;
      found.open();
      await arrival.passed;
      return rows as never;
    },
  });
  const slow: Pick<Database, "horizon" | "horizonAndRest" | "read"> = {
    horizon: (reader) => db.horizon(reader),
    horizonAndRest: (reader) => db.horizonAndRest(reader),
    read: (programId, fn, options) => db.read(programId, (reader) => fn(slowly(reader)), options),
  };
  return {
    db: slow as Database,
    slowDown: () => {
      isSlow = true;
    },
    found: found.passed,
    arrive: () => {
      isSlow = false;
      arrival.open();
    },
  };
}

function outletOf() {
  const frames: string[] = [];
  const subjects = (): string[] =>
    frames.join("").match(/(?<=^event: participant\.created\ndata: .*"object":\{"id":")par_\w+/gm) ?? [];
  return {
    outlet: { write: (frame: string) => void frames.push(frame), waiting: 0, end: nothing },
    subjects,
  };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(AGAIN_MS);
}

describe("a viewer who joins while the log is being read", () => {
  it("misses nothing between their own place and that of the others", async () => {
    const world = await createWorld(database.db);
    await world.work();
    const slow = slowReads(database.db);
    const streams = streamEvents({
      db: slow.db,
      bus,
      log: quiet,
      findObjects: async () => new Map(),
      findNames: async () => new Map(),
      findSummary: async () => ({ type: "funnel", data: {} }),
    });
    const early = outletOf();
    const late = outletOf();
    await streams.open(world.programId, viewOf(), early.outlet, null);
    // The late one knows where they stand before Anna joins, and is not ready yet when the others hear of her.
    const opened = gate();
    const opening = streams.open(world.programId, viewOf(opened.passed), late.outlet, null);
    await sleep(100);
    const anna = await world.join("Anna");
    await until(() => early.subjects().includes(anna.id));
    slow.slowDown();
    const bob = await world.join("Bob");
    await slow.found;
    opened.open();
    await opening;
    slow.arrive();
    await until(() => late.subjects().includes(bob.id));
    expect(late.subjects()).toEqual([anna.id, bob.id]);
    expect(early.subjects()).toEqual([anna.id, bob.id]);
    streams.close();
  });
});
