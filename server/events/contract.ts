import { type Static, Type } from "typebox";
import { Closed, ListOf, PageQuery } from "../primitives/wire.ts";

/** A fact as the list, the stream and webhooks carry it. */
export const EventAnswer = Closed({
  id: Type.String(),
  type: Type.String(),
  timestamp: Type.String(),
  api_version: Type.String(),
  livemode: Type.Boolean(),
  data: Closed({ object: Type.Record(Type.String(), Type.Unknown()) }),
});

export const EventsQuery = Closed({ limit: PageQuery.limit, after: PageQuery.after });
export const EventList = ListOf(EventAnswer);

export type EventAnswer = Static<typeof EventAnswer>;
