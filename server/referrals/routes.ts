import { type AnyDoor, door } from "../access/door.ts";
import { ownParticipant } from "../access/permission.ts";
import { findLinks } from "../links/find-links.ts";
import { findParticipant } from "../participants/find-participant.ts";
import { findPersonPage } from "../participants/find-person-page.ts";
import { pageOf, pageWindow } from "../primitives/page.ts";
import { Refusal } from "../primitives/refusal.ts";
import * as contract from "./contract.ts";
import { findParticipantAnswers } from "./find-participant-answers.ts";
import { findReferrals } from "./find-referrals.ts";
import { findStanding } from "./find-standing.ts";
import { findWaitPositions } from "./find-wait-positions.ts";
import { participantWire } from "./presentation.ts";
import { changeParticipantRoute } from "./routes/change-participant.ts";
import { claimRoutes } from "./routes/claims.ts";
import type { ReferralsDeps } from "./routes/deps.ts";
import { embedTokensRoute } from "./routes/embed-tokens.ts";
import { eventsRoute } from "./routes/events.ts";
import { referralEntryRoutes } from "./routes/referrals.ts";
import { signInLinksRoute } from "./routes/sign-in-links.ts";
import { streamRoute } from "./routes/stream.ts";
import { suspensionRoutes } from "./routes/suspensions.ts";
import { waitlistRoute } from "./routes/waitlist.ts";
import { parseSignup } from "./signup.ts";
import { standingWire } from "./standing.ts";

export const referralRoutes = (deps: ReferralsDeps): AnyDoor[] => [
  createDoor(deps),
  listDoor(deps),
  readDoor(deps),
  changeParticipantRoute(deps),
  waitlistRoute(deps),
  ...suspensionRoutes(deps),
  ...claimRoutes(deps),
  ...referralEntryRoutes(deps),
  eventsRoute(deps),
  streamRoute(deps),
  embedTokensRoute(deps),
  signInLinksRoute(deps),
];

const createDoor = ({ intake, emailKey }: ReferralsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/participants",
    operation: "participants.create",
    limit: "write",
    summary: "Enrol somebody, perhaps brought by an advocate",
    tag: "Participants",
    schema: {
      body: contract.NewParticipant,
      response: { 200: contract.ParticipantAnswer, 201: contract.ParticipantAnswer },
    },
    handle: async ({ programId, body, actor, requestId, idempotency }) => {
      const signup = parseSignup(body, emailKey);
      const answer = await intake.submit(programId, { signup, actor, requestId, idempotency });
      if (answer instanceof Refusal) throw answer;
      const headers: Record<string, string> = answer.isReplay ? { "idempotent-replayed": "true" } : {};
      return { status: answer.status, body: answer.body, headers };
    },
  });

const listDoor = ({ db, publicUrl }: ReferralsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/participants",
    operation: "participants.list",
    limit: "read",
    summary: "Participants, newest first",
    tag: "Participants",
    schema: { query: contract.ParticipantsQuery, response: { 200: contract.ParticipantList } },
    handle: async ({ programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const search = {
          ...pageWindow(query, "par"),
          q: query.q ?? null,
          externalId: query.external_id ?? null,
          segment: query.segment ?? null,
        };
        const rows = await findPersonPage(reader, search);
        const ids = rows.map((row) => row.id);
        const answers = await findParticipantAnswers(reader, ids, publicUrl());
        return pageOf(
          ids.flatMap((id) => answers.get(id) ?? []),
          query,
          (row) => row.id,
          (row) => row,
        );
      }),
    }),
  });

const readDoor = ({ db, publicUrl, noteVisit }: ReferralsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/participants/:participant",
    operation: "participants.read",
    limit: "read",
    summary: "One participant with their network by level",
    tag: "Participants",
    schema: { params: contract.ParticipantParams, response: { 200: contract.ParticipantDetail } },
    handle: async ({ actor, programId, params }) => {
      // Their own page begins with this question.
      const own = ownParticipant(actor);
      if (own !== null) await noteVisit(programId, own);
      const body = await db.read(programId, async (reader) => {
        const person = await findParticipant(reader, actor, params.participant);
        const [links, referrals, horizon] = await Promise.all([
          findLinks(reader, [person.id]),
          findReferrals(reader, [person.id]),
          db.horizon(reader),
        ]);
        const standing = await findStanding(reader, person.id, horizon);
        if (!standing) throw new Refusal("not_found");
        const { network_count, levels, visits, qualified } = standingWire(standing);
        const referral = referrals.get(person.id) ?? null;
        const position = (await findWaitPositions(reader, [referral])).get(person.id) ?? null;
        const link = links.get(person.id) ?? null;
        const profile = participantWire(person, link, referral, publicUrl(), position);
        return { ...profile, network_count, levels, visits, qualified };
      });
      return { status: 200, body };
    },
  });
