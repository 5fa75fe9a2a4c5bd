import { type Answer, type AnyDoor, type Call, door } from "../access/door.ts";
import { baseOf, landingOf } from "../links/landing.ts";
import { markedChannel } from "../links/share-channel.ts";
import { destinationOf } from "./click.ts";
import { CodeParams } from "./contract.ts";
import { findDestination } from "./find-destination.ts";
import { captureRoutes } from "./routes/capture.ts";
import type { ClicksDeps } from "./routes/deps.ts";
import { invitedRoutes } from "./routes/invitations.ts";

/** Where links lead, as their routes are named; what else stands at the root goes before. */
export const LINK_ROUTES = { long: "/r/:code", short: "/:code(^[0-9A-Za-z][0-9A-Za-z-]{1,38}[0-9A-Za-z]$)" };

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
  ...captureRoutes(deps),
  ...invitedRoutes(deps),
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
        deps.visits.clickOf(destination, {
          ip: address,
          referrer: headers.referer,
          userAgent,
          channel: markedChannel(request.url),
        }),
      );
  const base = baseOf(destination, deps.publicUrl());
  const location = destinationOf(landingOf(base, destination.code), destination, id, Date.now());
  return { status: 302, headers: { location, "cache-control": "no-store" } };
}
