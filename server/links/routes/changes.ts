import { type Answer, type AnyDoor, type Call, door } from "../../access/door.ts";
import type { Operation } from "../../access/permission.ts";
import { ownParticipant } from "../../access/permission.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import type { Tx } from "../../platform/database.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { findProgram } from "../../programs/find-program.ts";
import * as contract from "../contract.ts";
import { createLink } from "../create-link.ts";
import { disableLink } from "../disable-link.ts";
import { findLink } from "../find-link.ts";
import type { Link } from "../link.ts";
import { pauseLink } from "../pause-link.ts";
import { momentOf, wishOf } from "../presentation.ts";
import { renewLink } from "../renew-link.ts";
import { resumeLink } from "../resume-link.ts";
import { setLink } from "../set-link.ts";
import { checkOwner, type LinksDeps, linkAnswers, slugRules } from "./deps.ts";

export const changeRoutes = (deps: LinksDeps): AnyDoor[] => [
  createRoute(deps),
  patchRoute(deps),
  renewRoute(deps),
  stepRoute(deps, "pause", "links.pause", "Let a link rest; what it brought stays", pauseLink),
  stepRoute(deps, "resume", "links.resume", "Let a paused link work again", resumeLink),
  stepRoute(deps, "disable", "links.disable", "Switch a link off for good", disableLink),
];

const createRoute = (deps: LinksDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/links",
    operation: "links.create",
    limit: "write",
    summary: "Give a participant another link",
    tag: "Links",
    schema: { body: contract.NewLink, response: { 201: contract.LinkAnswer } },
    handle: ({ body, actor, requestId, write }) =>
      write(async (tx) => {
        const { participant_id, ...sent } = body;
        const ref = participant_id ?? ownParticipant(actor);
        if (!ref) throw new Refusal("invalid_link", { errors: [WHOSE] });
        const owner = await findParticipant(tx, actor, ref);
        const link = await createLink(tx, owner, wishOf(sent), await slugsFor(tx, actor, deps));
        await recordAudit(tx, [{ actor, operation: "links.create", subjectId: link.id, requestId }]);
        return { status: 201, body: (await linkAnswers(tx, [link], deps))[0] };
      }),
  });

const WHOSE = {
  pointer: "/participant_id",
  code: "required",
  message: "Say whose link it is.",
};

const slugsFor = async (tx: Tx, actor: Call<object>["actor"], deps: LinksDeps) =>
  slugRules(actor, await findProgram(tx), deps);

const patchRoute = (deps: LinksDeps): AnyDoor =>
  door({
    method: "PATCH",
    path: "/v1/links/:link",
    operation: "links.update",
    limit: "write",
    summary: "Change a link; under a new address its old ones go on working",
    tag: "Links",
    schema: {
      params: contract.LinkParams,
      body: contract.LinkPatch,
      response: { 200: contract.LinkAnswer },
    },
    handle: (call) =>
      change(deps, call, "links.update", async (tx, id) =>
        setLink(tx, id, wishOf(call.body), await slugsFor(tx, call.actor, deps)),
      ),
  });

const renewRoute = (deps: LinksDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/links/:link/renew",
    operation: "links.renew",
    limit: "write",
    summary: "Let a link that is over work again, its uses counted from zero",
    tag: "Links",
    schema: {
      params: contract.LinkParams,
      body: contract.LinkRenewal,
      response: { 200: contract.LinkAnswer },
    },
    handle: (call) => {
      const { expires_at, max_uses } = call.body;
      return change(deps, call, "links.renew", (tx, id) =>
        renewLink(tx, id, {
          expiresAt: momentOf(expires_at ?? null),
          ...(max_uses === undefined ? {} : { maxUses: max_uses }),
        }),
      );
    },
  });

const stepRoute = (
  deps: LinksDeps,
  word: "pause" | "resume" | "disable",
  operation: Operation,
  summary: string,
  step: (tx: Tx, id: string) => Promise<Link>,
): AnyDoor =>
  door({
    method: "POST",
    path: `/v1/links/:link/${word}`,
    operation,
    limit: "write",
    summary,
    tag: "Links",
    schema: { params: contract.LinkParams, response: { 200: contract.LinkAnswer } },
    handle: (call) => change(deps, call, operation, step),
  });

/** Changes one link of somebody who may; every instance forgets where its addresses led. */
async function change(
  deps: LinksDeps,
  { params, actor, requestId, write }: Call<{ params: typeof contract.LinkParams }>,
  operation: Operation,
  verb: (tx: Tx, id: string) => Promise<Link>,
): Promise<Answer> {
  let codes: string[] = [];
  const answer = await write(async (tx) => {
    checkOwner(actor, await findLink(tx, params.link));
    const link = await verb(tx, params.link);
    await recordAudit(tx, [{ actor, operation, subjectId: link.id, requestId }]);
    codes = [link.code, ...link.formerCodes];
    return { status: 200, body: (await linkAnswers(tx, [link], deps))[0] };
  });
  for (const code of codes) deps.bus.publish("links", code);
  return answer;
}
