import { afterEach, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { type Bus, PostgresBus } from "./bus.ts";

const database = useDatabase();
const nothing = () => {};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const opened: Bus[] = [];
const PUBLISHED = 100;

afterEach(async () => {
  for (const bus of opened.splice(0)) await bus.close();
});

async function openBus(): Promise<Bus> {
  const bus = new PostgresBus(database.db, log);
  await bus.open();
  opened.push(bus);
  return bus;
}

it("tells another instance everything, and itself at once, in fewer notices than there were publications", async () => {
  const listener = await database.db.connect();
  await listener.query("listen referralhub");
  const asking = await database.db.connect();
  let notices = 0;
  listener.on("notification", () => notices++);
  const [here, there] = [await openBus(), await openBus()];
  const seenHere = new Set<string>();
  const seenThere = new Set<string>();
  here.subscribe("events", (payload) => seenHere.add(payload));
  const all = new Promise<void>((resolve) => {
    there.subscribe("events", (payload) => {
      if (seenThere.add(payload).size === PUBLISHED) resolve();
    });
  });
  for (let n = 0; n < PUBLISHED; n++) {
    here.publish("events", `prg_${n}`);
    expect(seenHere.size).toBe(n + 1);
    // As long as a notice takes, so that each could have gone alone.
    for (let trip = 0; trip < 3; trip++) await asking.query("select");
  }
  asking.release(true);
  await all;
  await listener.query("select");
  listener.release(true);
  expect(notices).toBeGreaterThan(0);
  expect(notices).toBeLessThan(PUBLISHED);
});
