import { type AnyDoor, door } from "../../access/door.ts";
import { ownParticipant } from "../../access/permission.ts";
import { instantOf } from "../../ledger/moment.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { ReferralDetail, ReferralList, ReferralParams, ReferralsQuery } from "../contract.ts";
import { wordsOf } from "../filter-words.ts";
import { findReferralDetail } from "../find-referral-detail.ts";
import { findReferralPage } from "../find-referral-page.ts";
import { REFERRAL_STATUSES } from "../referral.ts";
import type { ReferralsDeps } from "./deps.ts";

export const referralEntryRoutes = ({ db }: Pick<ReferralsDeps, "db">): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/referrals",
    operation: "referrals.list",
    limit: "read",
    summary: "Referrals, newest first",
    tag: "Referrals",
    schema: { query: ReferralsQuery, response: { 200: ReferralList } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const entries = await findReferralPage(reader, {
          ...pageWindow(query, "ref"),
          advocateId: ownParticipant(actor) ?? query.advocate_id ?? null,
          statuses: wordsOf(query.status, REFERRAL_STATUSES, "status"),
          channel: query.channel ?? null,
          q: query.q ?? null,
          from: instantOf(query["created_at[gte]"], "created_at[gte]"),
          to: instantOf(query["created_at[lt]"], "created_at[lt]"),
        });
        return pageOf(
          entries,
          query,
          (entry) => entry.id,
          (entry) => entry,
        );
      }),
    }),
  }),
  door({
    method: "GET",
    path: "/v1/referrals/:referral",
    operation: "referrals.read",
    limit: "read",
    summary: "One referral: how it was decided, with every touch that won or lost",
    tag: "Referrals",
    schema: { params: ReferralParams, response: { 200: ReferralDetail } },
    handle: async ({ programId, params }) => ({
      status: 200,
      body: await db.read(programId, (reader) => findReferralDetail(reader, params.referral)),
    }),
  }),
];
