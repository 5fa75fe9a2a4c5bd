import type { KeyActor } from "../../access/actor.ts";
import { isPublicKey } from "../../access/api-key.ts";
import { type Answer, type AnyDoor, type Call, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { findProgram } from "../../programs/find-program.ts";
import { ClickAnswer, NewClick } from "../contract.ts";
import type { Visit } from "../create-visit-reader.ts";
import { type Destination, findDestination } from "../find-destination.ts";
import { isProgramPage, siteOf } from "../page-origin.ts";
import { recordClicks } from "../record-clicks.ts";
import type { ClicksDeps } from "./deps.ts";

const PATH = "/v1/clicks";
/** The answers are no secret of any page, and carry no cookie: every page may read them. */
const READABLE = { "access-control-allow-origin": "*" };
const PREFLIGHT = {
  ...READABLE,
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "authorization, content-type",
  "access-control-max-age": "86400",
};

/** Following a link has no side effect for a bot, wherever it is seen. */
const NOT_A_VISIT: Answer = { status: 204 };

type Capture = Call<{ body: typeof NewClick }>;

/** Visits that a link of ours did not see: a page or a server of the customer's reports them. */
export const captureRoutes = (deps: ClicksDeps): AnyDoor[] => [
  door({
    method: "POST",
    path: PATH,
    operation: "clicks.create",
    limit: "click",
    summary: "Record a visit that your own server or page saw; 204 for a known bot, which leaves no trace",
    tag: "Links",
    schema: { body: NewClick, response: { 201: ClickAnswer } },
    handle: (call) => {
      const { actor } = call;
      return actor.kind === "key" && isPublicKey(actor.scopes)
        ? captureFromPage(deps, call, actor)
        : captureFromServer(deps, call);
    },
  }),
  door({
    method: "OPTIONS",
    path: PATH,
    operation: "clicks.preflight",
    limit: "click",
    summary: "Whether a page may record visits",
    tag: "Links",
    isPage: true,
    schema: {},
    handle: () => ({ status: 204, headers: PREFLIGHT }),
  }),
];

async function captureFromServer(deps: ClicksDeps, call: Capture): Promise<Answer> {
  const { body, actor, requestId, write } = call;
  const destination = await destinationOf(deps, call);
  if (deps.visits.isKnownBot(body.user_agent)) return NOT_A_VISIT;
  const visit = {
    ip: body.ip,
    referrer: body.referrer,
    userAgent: body.user_agent,
    visitorId: visitorIn(call),
  };
  const click = deps.visits.clickOf(destination, visit);
  return write(async (tx) => {
    const [id = ""] = await recordClicks(tx, [click]);
    await recordAudit(tx, [{ actor, operation: "clicks.create", subjectId: id, requestId }]);
    return { status: 201, body: answerOf(destination, id) };
  });
}

/** What a page says of its visitor is what we see ourselves; nothing of it can be made up. */
async function captureFromPage(deps: ClicksDeps, call: Capture, actor: KeyActor): Promise<Answer> {
  const { body, headers, address, reply } = call;
  // Set at once, so that a page's developer can read a refusal too.
  reply.headers(READABLE);
  const program = await deps.db.read(actor.programId, findProgram);
  const hosts = program.destinationUrl === null ? [] : [siteOf(program.destinationUrl)];
  if (!isProgramPage(headers.origin, hosts)) throw new Refusal("origin_not_allowed");
  const destination = await destinationOf(deps, call);
  const userAgent = headers["user-agent"];
  if (deps.visits.isKnownBot(userAgent)) return NOT_A_VISIT;
  const visit: Visit = { ip: address, referrer: body.referrer, userAgent, visitorId: visitorIn(call) };
  const id = await deps.intake.submit(destination.programId, deps.visits.clickOf(destination, visit));
  return { status: 201, body: answerOf(destination, id) };
}

/** Nobody is known again who has not agreed to it. */
function visitorIn({ body }: Capture): string | undefined {
  return body.consent === true ? body.visitor_id : undefined;
}

async function destinationOf(deps: ClicksDeps, { body, programId, address }: Capture): Promise<Destination> {
  const destination = await findDestination(deps.db, body.code, deps.destinations);
  if (!destination || destination.programId !== programId) {
    await deps.countUnknownCode(address);
    throw new Refusal("unknown_code");
  }
  if (!destination.isActive) throw new Refusal("expired_link");
  return destination;
}

const answerOf = ({ code, participantId }: Destination, id: string) => ({
  id,
  code,
  participant_id: participantId,
});
