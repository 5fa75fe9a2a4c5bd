import { isCrossSite } from "../../access/cross-site.ts";
import { type AnyDoor, door } from "../../access/door.ts";
import { openEventSource } from "../../platform/event-source.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { streamParticipant } from "../../referrals/stream-participant.ts";
import { claimParticipation } from "../claim-participation.ts";
import { JoinedForm, JoinedQuery } from "../contract.ts";
import * as others from "../other-pages.ts";
import { readPass } from "../pass.ts";
import type { WelcomeDeps } from "./deps.ts";
import { findKnown, joinedAnswer } from "./joined-answer.ts";

const PATH = "/join/welcome";
/** Streams one instance holds open for people who have just joined. */
const STREAMS_MAX = 5_000;
const STREAM_MS_MAX = 1_800_000;

export const joinedRoutes = (deps: WelcomeDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: PATH,
    operation: "welcome.read",
    limit: "public_page",
    summary: "The welcome of somebody who has just joined",
    tag: "Pages",
    isPage: true,
    schema: { query: JoinedQuery },
    handle: async ({ query, actor, headers }) => {
      const known = await findKnown(deps, query.pass, actor);
      if (!known) return deps.pages.answer(410, others.welcomeOverPage());
      return joinedAnswer(deps, known, null, headers["accept-language"]);
    },
  }),
  door({
    method: "POST",
    path: PATH,
    operation: "welcome.join",
    limit: "public_page",
    summary: "Add a new participation to one's account",
    tag: "Pages",
    isPage: true,
    schema: { body: JoinedForm },
    handle: async ({ body, actor, headers }) => {
      const known = await findKnown(deps, body.pass, actor);
      if (!known) return deps.pages.answer(410, others.welcomeOverPage());
      const userId = "userId" in actor ? actor.userId : null;
      const isOwnPage = !isCrossSite("POST", headers, deps.access.publicOrigin);
      if (isOwnPage && userId !== null && known.joined.entry === "may_add")
        await claimParticipation(deps.access, known.pass, userId);
      return { status: 303, headers: { location: `${PATH}?pass=${body.pass}`, "cache-control": "no-store" } };
    },
  }),
  liveDoor(deps),
];

/** Says when something happened to the holder of a pass, so that their page looks again. */
const liveDoor = ({ access, passKey, streams }: WelcomeDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/join/live",
    operation: "welcome.read",
    limit: "public_page",
    summary: "What happens to somebody who has just joined, as it happens",
    tag: "Pages",
    isPage: true,
    schema: { query: JoinedQuery },
    handle: async ({ query, reply }) => {
      const pass = readPass(query.pass ?? "", passKey, access.clock());
      if (!pass) throw new Refusal("not_found");
      if (streams.size >= STREAMS_MAX) throw new Refusal("overloaded", { facts: { retry_after: 30 } });
      const { programId, participantId } = pass;
      const view = streamParticipant(participantId);
      await access.db.read(programId, async (reader) => view.open(reader, await access.db.horizon(reader)));
      let end = (): void => {};
      let isClosed = false;
      const outlet = openEventSource(reply, () => {
        isClosed = true;
        clearTimeout(late);
        end();
      });
      const late = setTimeout(() => outlet.end(), STREAM_MS_MAX).unref();
      try {
        end = await streams.open(programId, view, outlet, null);
        if (isClosed) end();
      } catch {
        outlet.end();
      }
      return { taken: true };
    },
  });
