import { Type } from "typebox";
import { type AnyDoor, door } from "../../access/door.ts";
import { ownParticipant } from "../../access/permission.ts";
import { EVENT_TYPES, parseCursor } from "../../events/catalogue.ts";
import { openEventSource } from "../../platform/event-source.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { Closed } from "../../primitives/wire.ts";
import { streamParticipant } from "../stream-participant.ts";
import { streamProgram } from "../stream-program.ts";
import type { ReferralsDeps } from "./deps.ts";

/** Streams one instance holds open; each costs memory and a socket. */
const STREAMS_MAX = 5_000;
/** Whoever watches longer comes back with their last event, and is asked again who they are. */
const STREAM_MS_MAX = 3_600_000;

const StreamQuery = Closed({
  topics: Type.Optional(Type.String({ maxLength: 500, description: "Event types, separated by commas" })),
  participant: Type.Optional(
    Type.String({ maxLength: 210, description: "Watch one participant, as they would" }),
  ),
  after: Type.Optional(
    Type.String({ maxLength: 100, description: "As Last-Event-ID, for clients that cannot send it" }),
  ),
  program_id: Type.Optional(
    Type.String({ maxLength: 100, description: "As Program-Id, for clients that cannot send it" }),
  ),
});

/** Live facts: what happened, in order, once, and how things stand after it. */
export const streamRoute = ({ db, streams, onAccessChange }: ReferralsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/stream",
    operation: "stream.read",
    limit: "read",
    summary: "Events as they happen (server-sent events), after Last-Event-ID or from now",
    tag: "Events",
    produces: "text/event-stream",
    schema: { query: StreamQuery },
    handle: async ({ actor, programId, query, headers, reply, isStillAllowed }) => {
      if (streams.size >= STREAMS_MAX) throw new Refusal("overloaded", { facts: { retry_after: 5 } });
      const lastId = headers["last-event-id"] ?? query.after;
      const after = typeof lastId === "string" && lastId !== "" ? parseCursor(lastId) : null;
      if (lastId && !after) throw new Refusal("invalid_cursor");
      const own = ownParticipant(actor);
      const watched = own ?? query.participant ?? null;
      const view = watched === null ? streamProgram(topicsOf(query.topics)) : streamParticipant(watched);
      await db.read(programId, async (reader) => view.open(reader, await db.horizon(reader)));
      let end = (): void => {};
      let isClosed = false;
      const outlet = openEventSource(reply, () => {
        isClosed = true;
        clearTimeout(late);
        stopAsking();
        end();
      });
      const late = setTimeout(() => outlet.end(), STREAM_MS_MAX).unref();
      const stopAsking = onAccessChange(actor, async () => {
        if (!(await isStillAllowed())) outlet.end();
      });
      try {
        end = await streams.open(programId, view, outlet, after);
        if (isClosed) end();
      } catch {
        // The answer has begun: ending it makes the client come back.
        outlet.end();
      }
      return { taken: true };
    },
  });

function topicsOf(text: string | undefined): ReadonlySet<string> | null {
  if (text === undefined) return null;
  const topics = text.split(",");
  const unknown = topics.find((topic) => !EVENT_TYPES.some((type) => type === topic));
  if (unknown === undefined) return new Set(topics);
  throw new Refusal("invalid_request", {
    errors: [
      { pointer: "/query/topics", code: "invalid_value", message: `"${unknown}" is not a type of event.` },
    ],
  });
}
