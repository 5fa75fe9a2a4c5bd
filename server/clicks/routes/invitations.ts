import { type Answer, type AnyDoor, type Call, door } from "../../access/door.ts";
import { findInvitedTarget } from "../../invitations/find-invited-target.ts";
import { recordInvitationClick } from "../../invitations/record-invitation-click.ts";
import { baseOf, landingOf } from "../../links/landing.ts";
import { destinationOf } from "../click.ts";
import { TokenParams } from "../contract.ts";
import { findDestination } from "../find-destination.ts";
import type { ClicksDeps } from "./deps.ts";

/** The address in an invitation: it leads where its link leads, with the code and the token. */
export const invitedRoutes = (deps: ClicksDeps): AnyDoor[] =>
  (["GET", "HEAD"] as const).map((method) =>
    door({
      method,
      path: "/i/:token",
      operation: "links.follow",
      limit: "click",
      summary: "Follow an invitation",
      tag: "Invitations",
      isPage: true,
      schema: { params: TokenParams },
      handle: (call) => follow(deps, call),
    }),
  );

/** A bot, a HEAD or a link that is off leaves no trace; mail scanners open every address before people do. */
async function follow(deps: ClicksDeps, call: Call<{ params: typeof TokenParams }>): Promise<Answer> {
  const { params, request, headers, address } = call;
  const target = await findInvitedTarget(deps.db, params.token);
  const destination = target && (await findDestination(deps.db, target.code, deps.destinations));
  if (!target || !destination) {
    await deps.countUnknownCode(address);
    return deps.unknownCodePage();
  }
  const userAgent = headers["user-agent"];
  const isTraceless = request.method === "HEAD" || !destination.isActive || deps.visits.isKnownBot(userAgent);
  let clickId: string | null = null;
  if (!isTraceless) {
    const visit = { ip: address, referrer: headers.referer, userAgent };
    clickId = await deps.intake.submit(target.programId, deps.visits.clickOf(destination, visit));
    if (target.isOpen) await tellClick(deps, target.programId, target.invitationId);
  }
  const landing = landingOf(baseOf(destination, deps.publicUrl()), destination.code);
  // The token travels on when the invitation is over, too: what follows says so.
  const before = `${landing.before}&invitation=${params.token}`;
  const location = destinationOf({ ...landing, before }, destination, clickId, Date.now());
  return { status: 302, headers: { location, "cache-control": "no-store" } };
}

async function tellClick(
  { db, announce }: ClicksDeps,
  programId: string,
  invitationId: string,
): Promise<void> {
  if (await db.write(programId, (tx) => recordInvitationClick(tx, invitationId))) announce(programId);
}
