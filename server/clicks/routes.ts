import { type Answer, type AnyDoor, type Call, door } from "../access/door.ts";
import { recordAudit } from "../access/record-audit.ts";
import type { Database } from "../platform/database.ts";
import type { GroupCommits } from "../platform/group-commit.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Click, type ClickId, destinationOf, landingOf } from "./click.ts";
import { ClickAnswer, CodeParams, NewClick } from "./contract.ts";
import type { VisitReader } from "./create-visit-reader.ts";
import { type DestinationCache, findDestination } from "./find-destination.ts";
import { recordClicks } from "./record-clicks.ts";

export type ClicksDeps = {
  db: Database;
  destinations: DestinationCache;
  /** Concurrent arrivals of a program share a commit. */
  intake: GroupCommits<Omit<Click, "id">, ClickId>;
  visits: VisitReader;
  publicUrl: () => string;
  /** Counts a guess at a code; refuses where there were too many. */
  countUnknownCode: (address: string) => void | Promise<void>;
  /** The page for codes that lead nowhere. */
  unknownCodePage: () => Answer;
};

/** Where links lead, as their routes are named. */
export const LINK_ROUTES = { long: "/r/:code", short: "/:code(^[2-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{10}$)" };

export const clickRoutes = (deps: ClicksDeps): AnyDoor[] => [
  ...[LINK_ROUTES.long, LINK_ROUTES.short].flatMap((path) =>
    (["GET", "HEAD"] as const).map((method) =>
      door({
        method,
        path,
        operation: "links.follow",
        limit: "click",
        summary: "Follow a link",
        tag: "Links",
        isPage: true,
        schema: { params: CodeParams },
        handle: (call) => follow(deps, call),
      }),
    ),
  ),
  door({
    method: "POST",
    path: "/v1/clicks",
    operation: "clicks.create",
    limit: "click",
    summary: "Record a visit that your own server saw",
    tag: "Links",
    schema: { body: NewClick, response: { 201: ClickAnswer } },
    handle: async ({ body, programId, actor, requestId, write }) => {
      const destination = await findDestination(deps.db, body.code, deps.destinations);
      if (!destination || destination.programId !== programId) throw new Refusal("unknown_code");
      if (!destination.isActive) throw new Refusal("expired_link");
      const click = deps.visits.clickOf(destination, {
        ip: body.ip,
        referrer: body.referrer,
        userAgent: body.user_agent,
      });
      return write(async (tx) => {
        const [id = ""] = await recordClicks(tx, [click]);
        await recordAudit(tx, [{ actor, operation: "clicks.create", subjectId: id, requestId }]);
        return {
          status: 201,
          body: { id, code: destination.code, participant_id: destination.participantId },
        };
      });
    },
  }),
];

/** Stored and committed before the answer; a bot, a HEAD or a link that is off leaves no trace. */
async function follow(deps: ClicksDeps, call: Call<{ params: typeof CodeParams }>): Promise<Answer> {
  const { params, request, headers, address } = call;
  const destination = await findDestination(deps.db, params.code, deps.destinations);
  if (!destination) {
    await deps.countUnknownCode(address);
    return deps.unknownCodePage();
  }
  const userAgent = headers["user-agent"];
  const isTraceless = request.method === "HEAD" || !destination.isActive || deps.visits.isKnownBot(userAgent);
  const id = isTraceless
    ? null
    : await deps.intake.submit(
        destination.programId,
        deps.visits.clickOf(destination, { ip: address, referrer: headers.referer, userAgent }),
      );
  const base = destination.url ?? `${deps.publicUrl()}/join`;
  return {
    status: 302,
    headers: { location: destinationOf(landingOf(base, destination.code), id), "cache-control": "no-store" },
  };
}
