import { type AnyDoor, door } from "../../access/door.ts";
import { ownParticipant } from "../../access/permission.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { ParticipantParams, ReferralParams } from "../../referrals/contract.ts";
import { findReferral } from "../../referrals/find-referral.ts";
import { findReferralPage } from "../../referrals/find-referral-page.ts";
import { FriendList, FriendsQuery, NudgeSent } from "../contract/friends.ts";
import { findFriends } from "../find-friends.ts";
import { sendNudge } from "../send-nudge.ts";
import type { RewardsDeps } from "./deps.ts";

const EVERYTHING = { statuses: null, channel: null, q: null, from: null, to: null };

export const friendRoutes = ({ db, plans, publicUrl }: RewardsDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/participants/:participant/friends",
    operation: "friends.list",
    limit: "read",
    summary:
      "Those whom somebody brought, newest first: how far each has come, what is missing, what it earned",
    tag: "Referrals",
    schema: { params: ParticipantParams, query: FriendsQuery, response: { 200: FriendList } },
    handle: async ({ actor, programId, params, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const { id } = await findParticipant(reader, actor, params.participant);
        const window = pageWindow(query, "ref");
        const entries = await findReferralPage(reader, { ...EVERYTHING, ...window, advocateId: id });
        const friends = await findFriends(reader, id, entries, plans, new Date());
        return pageOf(
          friends,
          query,
          (friend) => friend.id,
          (friend) => friend,
        );
      }),
    }),
  }),
  door({
    method: "POST",
    path: "/v1/referrals/:referral/nudge",
    operation: "referrals.nudge",
    limit: "write",
    summary: "Remind a friend of the step that is theirs; once a day",
    tag: "Referrals",
    schema: { params: ReferralParams, response: { 201: NudgeSent } },
    handle: ({ actor, params, requestId, write }) =>
      write(async (tx) => {
        const referral = await findReferral(tx, params.referral);
        const own = ownParticipant(actor);
        const { advocateId } = referral;
        if (advocateId === null || (own !== null && own !== advocateId)) throw new Refusal("not_found");
        const wish = { referralId: referral.id, advocateId, plans, publicUrl: publicUrl() };
        const { nudgedAt, nextAt } = await sendNudge(tx, wish);
        await recordAudit(tx, [{ actor, operation: "referrals.nudge", subjectId: referral.id, requestId }]);
        return { status: 201, body: { nudged_at: nudgedAt.toISOString(), next_at: nextAt.toISOString() } };
      }),
  }),
];
