import { createHmac } from "node:crypto";
import { fingerprintOf } from "../../server/access/door.ts";
import { deviceOf, referrerHost } from "../../server/clicks/click.ts";
import { recordClicks } from "../../server/clicks/record-clicks.ts";
import type { LinkId } from "../../server/links/link.ts";
import type { ShareChannel } from "../../server/links/share-channel.ts";
import type { ParticipantId } from "../../server/participants/participant.ts";
import { atMoment } from "../../server/platform/at-moment.ts";
import type { Tx } from "../../server/platform/database.ts";
import { findProgram } from "../../server/programs/find-program.ts";
import type { Program } from "../../server/programs/program.ts";
import { attributeSignups } from "../../server/referrals/attribute-signups.ts";
import { parseSignup } from "../../server/referrals/signup.ts";
import { createPlanCache } from "../../server/rewards/create-plan-cache.ts";
import type { PlanCache } from "../../server/rewards/find-plans.ts";
import { findSettlementFacts } from "../../server/rewards/find-settlement-facts.ts";
import { launchProgram } from "../../server/rewards/launch-program.ts";
import { releaseDueRewards } from "../../server/rewards/release-due-rewards.ts";
import { reportOf } from "../../server/rewards/report.ts";
import { reverseRewards } from "../../server/rewards/reverse-rewards.ts";
import { settleConversions } from "../../server/rewards/settle-conversions.ts";
import type { Act, Join, Order, Story, Visit } from "./act.ts";

export type DemoCounts = {
  program: string;
  participants: number;
  /** How deep the network goes. */
  levels: number;
  clicks: number;
  purchases: number;
  refunds: number;
  rewards: number;
};

type Member = { id: ParticipantId; linkId: LinkId; code: string };
type Desk = {
  program: Program;
  plans: PlanCache;
  hashingKey: string;
  members: Map<string, Member>;
  counts: DemoCounts;
};

const CURRENCY = "INR";
const PROGRAM = {
  name: "Loom & Lantern Friends",
  currency: CURRENCY,
  timeZone: "Asia/Kolkata",
  destinationUrl: null,
};
const TEMPLATE = "two-level";
const ACTOR = { kind: "system" } as const;

/** Lets a story happen: every act through the verb that serves real requests, at the moment it is told to be. */
export async function writeStory(tx: Tx, story: Story, hashingKey: string): Promise<DemoCounts> {
  const start = atMoment(tx, story.startsAt);
  await launchProgram(start, PROGRAM, TEMPLATE, ACTOR);
  const counts = { participants: 0, levels: 0, clicks: 0, purchases: 0, refunds: 0, rewards: 0 };
  const desk: Desk = {
    program: await findProgram(start),
    plans: createPlanCache(),
    hashingKey,
    members: new Map(),
    counts: { program: PROGRAM.name, ...counts },
  };
  for (const act of story.acts) await perform(atMoment(tx, act.at), act, desk);
  return desk.counts;
}

async function perform(tx: Tx, act: Act, desk: Desk): Promise<void> {
  switch (act.kind) {
    case "visits":
      await visit(tx, act.visits, desk);
      return;
    case "join":
      await join(tx, act, desk);
      return;
    case "purchases":
      await purchase(tx, act.orders, desk);
      return;
    case "refund": {
      const amount = { minor: BigInt(act.amount), currency: CURRENCY };
      await reverseRewards(tx, {
        kind: "refund",
        conversion: `ext:${act.order}`,
        externalId: act.externalId,
        amount,
      });
      desk.counts.refunds++;
      return;
    }
    case "release":
      while ((await releaseDueRewards(tx)) > 0);
  }
}

async function visit(tx: Tx, visits: readonly Visit[], desk: Desk): Promise<string[]> {
  desk.counts.clicks += visits.length;
  return recordClicks(
    tx,
    visits.map(({ advocate, visitor, referrer, userAgent }) => {
      const { id, linkId } = memberOf(desk, advocate);
      return {
        linkId,
        participantId: id,
        addressHash: createHmac("sha256", desk.hashingKey).update(visitor).digest("base64url").slice(0, 22),
        referrerHost: referrerHost(referrer ?? undefined),
        device: deviceOf(userAgent),
        channel: sharedOver(referrer),
        visitorId: null,
      };
    }),
  );
}

/** Where the link stood that was followed; a link in a story or a post of one's own carries no mark. */
function sharedOver(referrer: string | null): ShareChannel | null {
  return SHARED_OVER[new URL(referrer ?? "about:blank").host] ?? null;
}

const SHARED_OVER: Record<string, ShareChannel> = {
  "web.whatsapp.com": "whatsapp",
  "m.facebook.com": "facebook",
  "t.co": "x",
  "t.me": "telegram",
  "mail.google.com": "email",
  "www.linkedin.com": "linkedin",
};

async function join(tx: Tx, { person, origin }: Join, desk: Desk): Promise<void> {
  const { externalId, ...identity } = person;
  const signup = parseSignup(
    {
      external_id: externalId,
      ...identity,
      name_shown: isNameShown(externalId),
      ...(await referralOf(tx, origin, desk)),
    },
    desk.hashingKey,
  );
  const [outcome] = await attributeSignups(tx, desk.program, [signup]);
  if (outcome?.kind !== "enrolled") throw new Error(`${externalId} could not join.`);
  const { id, upline } = outcome.person;
  desk.members.set(externalId, { id, linkId: outcome.link.id, code: outcome.link.code });
  desk.counts.participants++;
  desk.counts.levels = Math.max(desk.counts.levels, upline.length);
}

/** Most people let their friends read who invited them; one in six does not. */
function isNameShown(externalId: string): boolean {
  return Number(externalId.replace(/\D/g, "")) % 6 !== 0;
}

async function referralOf(tx: Tx, origin: Join["origin"], desk: Desk) {
  switch (origin.kind) {
    case "alone":
      return {};
    case "code":
      return { referral: { code: origin.code } };
    case "visit": {
      const [clickId = ""] = await visit(atMoment(tx, origin.at), [origin.visit], desk);
      const { code } = memberOf(desk, origin.visit.advocate);
      return { referral: { code, click_id: clickId } };
    }
  }
}

async function purchase(tx: Tx, orders: readonly Order[], desk: Desk): Promise<void> {
  const reported = orders.map((order) => ({
    report: reportOf(
      {
        external_id: order.externalId,
        participant: `ext:${order.buyer}`,
        amount: { amount: order.amount, currency: CURRENCY },
        profit: { amount: order.profit, currency: CURRENCY },
        occurred_at: order.at.toISOString(),
        product: order.product,
      },
      fingerprintOf,
    ),
    actor: ACTOR,
    requestId: `demo-${order.externalId}`,
  }));
  const facts = await findSettlementFacts(
    tx,
    reported.map(({ report }) => report),
    desk.plans,
  );
  for (const outcome of await settleConversions(tx, reported, facts)) {
    if (outcome.kind !== "settled") throw new Error("A purchase of the demo could not be settled.");
    desk.counts.purchases++;
    desk.counts.rewards += outcome.rewards.length;
  }
}

function memberOf(desk: Desk, externalId: string): Member {
  const member = desk.members.get(externalId);
  if (!member) throw new Error(`${externalId} has not joined yet.`);
  return member;
}
