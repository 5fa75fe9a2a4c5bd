import { expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld } from "../../tests/support/world.ts";
import type { EventRecord } from "../events/catalogue.ts";
import { findNoticeObjects } from "./find-notice-objects.ts";
import { listNotificationsById } from "./store.ts";

const database = useDatabase();

it("reads notices by their ids, and tells nothing of one that is gone but how many are unread", async () => {
  const world = await createWorld(database.db);
  const asha = await world.join("Asha");
  expect(await world.read((reader) => listNotificationsById(reader, ["ntf_gone"]))).toEqual([]);
  const event = { id: "evt_1", type: "notification.created", subjectId: "ntf_gone", audience: [asha.id] };
  const objects = await world.read((reader) =>
    findNoticeObjects(reader, [event as unknown as EventRecord], "http://refer.example"),
  );
  expect(objects.get("evt_1")).toMatchObject({ id: "ntf_gone", unread_count: 0 });
});
