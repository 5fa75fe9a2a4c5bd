import { type AnyDoor, door } from "../../access/door.ts";
import { formatCursor, parseCursor } from "../../events/catalogue.ts";
import { EventList, EventsQuery } from "../../events/contract.ts";
import { findNewestEvents } from "../../events/find-newest-events.ts";
import { findObjects } from "../../events/find-objects.ts";
import { findPersons } from "../../participants/find-persons.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { streamProgram } from "../stream-program.ts";
import type { ReferralsDeps } from "./deps.ts";

/** What happened in the program, as its stream tells it. */
export const eventsRoute = ({ db, findEventObjects }: ReferralsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/events",
    operation: "events.list",
    limit: "read",
    summary: "Events, newest first",
    tag: "Events",
    schema: { query: EventsQuery, response: { 200: EventList } },
    handle: async ({ programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const before = query.after === undefined ? null : parseCursor(query.after);
        if (query.after !== undefined && !before) throw new Refusal("invalid_cursor");
        const newest = await findNewestEvents(reader, before, pageWindow(query).limit);
        const rows = await findObjects(reader, newest, findEventObjects);
        const view = streamProgram(null);
        const persons = await findPersons(reader, rows.flatMap(view.people));
        const names = new Map([...persons].map(([id, person]) => [id, person.name]));
        return pageOf(rows, query, formatCursor, (event) => view.apply(event, names));
      }),
    }),
  });
