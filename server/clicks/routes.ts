import { createHmac } from "node:crypto";
import { type Answer, type AnyDoor, type Call, door } from "../access/door.ts";
import { recordAudit } from "../access/record-audit.ts";
import type { Database } from "../platform/database.ts";
import type { GroupCommits } from "../platform/group-commit.ts";
import { Refusal } from "../primitives/refusal.ts";
import { isKnownBot } from "./bot.ts";
import { type Click, type ClickId, destinationOf, deviceOf, referrerHost } from "./click.ts";
import { ClickAnswer, CodeParams, NewClick } from "./contract.ts";
import { type Destination, type DestinationCache, findDestination } from "./find-destination.ts";
import { recordClicks } from "./record-clicks.ts";

export type ClicksDeps = {
  db: Database;
  destinations: DestinationCache;
  /** Concurrent arrivals of a program share a commit. */
  intake: GroupCommits<Omit<Click, "id">, ClickId>;
  /** Turns an address into what is kept of it. */
  addressKey: string;
  publicUrl: () => string;
  /** Counts a guess at a code; refuses where there were too many. */
  countUnknownCode: (address: string) => void | Promise<void>;
  /** The page for codes that lead nowhere. */
  unknownCodePage: () => Answer;
};

const SHORT_CODE = "/:code(^[2-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{10}$)";

export const clickRoutes = (deps: ClicksDeps): AnyDoor[] => [
  ...["/r/:code", SHORT_CODE].flatMap((path) =>
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
      const click = clickOf(deps, destination, {
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
  const isTraceless = request.method === "HEAD" || !destination.isActive || isKnownBot(userAgent);
  const id = isTraceless
    ? null
    : await deps.intake.submit(
        destination.programId,
        clickOf(deps, destination, { ip: address, referrer: headers.referer, userAgent }),
      );
  const base = destination.url ?? `${deps.publicUrl()}/join`;
  return {
    status: 302,
    headers: { location: destinationOf(base, destination.code, id), "cache-control": "no-store" },
  };
}

function clickOf(
  deps: ClicksDeps,
  destination: Destination,
  visit: { ip: string | undefined; referrer: string | undefined; userAgent: string | undefined },
): Omit<Click, "id"> {
  return {
    linkId: destination.linkId,
    participantId: destination.participantId,
    addressHash: visit.ip === undefined ? null : hashAddress(visit.ip, deps.addressKey),
    referrerHost: referrerHost(visit.referrer),
    device: deviceOf(visit.userAgent),
  };
}

function hashAddress(address: string, key: string): string {
  return createHmac("sha256", key).update(address).digest("base64url").slice(0, 22);
}
