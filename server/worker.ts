import type pg from "pg";
import { recordClickCounts } from "./clicks/record-click-counts.ts";
import { deliverEvents, type Subscriber } from "./events/deliver-events.ts";
import { expireInvitations } from "./invitations/expire-invitations.ts";
import type { Posting } from "./invitations/post-invitation-mails.ts";
import { purgeInvitations } from "./invitations/purge-invitations.ts";
import { MAIL_OUTCOMES, recordInvitationOutcomes } from "./invitations/record-invitation-outcomes.ts";
import { sendBatchChunk } from "./invitations/send-batch-chunk.ts";
import { sendDueInvitations } from "./invitations/send-due-invitations.ts";
import { sendDueReminders } from "./invitations/send-due-reminders.ts";
import { recordCheckpoints } from "./ledger/record-checkpoints.ts";
import { expireDueLinks } from "./links/expire-due-links.ts";
import { purgeLinkDays } from "./links/purge-link-days.ts";
import { purgeMails } from "./mail/purge-mails.ts";
import { type Sending, sendDueMails } from "./mail/send-due-mails.ts";
import { OCCASION_TYPES } from "./notifications/event-occasion.ts";
import { notifyAhead } from "./notifications/notify-ahead.ts";
import { notifyEverybody } from "./notifications/notify-everybody.ts";
import { notifyParticipants } from "./notifications/notify-participants.ts";
import { postDueNotices } from "./notifications/post-due-notices.ts";
import { purgeNotifications } from "./notifications/purge-notifications.ts";
import { setStoppedTopics } from "./notifications/set-stopped-topics.ts";
import type { Bus } from "./platform/bus.ts";
import type { Database, Tx } from "./platform/database.ts";
import { isOutage } from "./platform/database-errors.ts";
import { purgeAnswers } from "./platform/idempotency.ts";
import type { Log } from "./platform/log.ts";
import { createLoop, type Loop } from "./platform/loop.ts";
import { openTimetable, type Schedule } from "./platform/timetable.ts";
import { offerFinder } from "./posting.ts";
import { findLook } from "./programs/find-look.ts";
import { findProgramIds } from "./programs/find-program-ids.ts";
import { claimPlaces } from "./referrals/claim-places.ts";
import { expireOldClaims } from "./referrals/expire-old-claims.ts";
import { NETWORK_READER } from "./referrals/find-standing.ts";
import { recordLinkSignups } from "./referrals/record-link-signups.ts";
import { recordNetwork } from "./referrals/record-network.ts";
import { cancelOldDebts, type DebtRound } from "./rewards/cancel-old-debts.ts";
import { expireDueRewards } from "./rewards/expire-due-rewards.ts";
import type { PlanCache } from "./rewards/find-plans.ts";
import { REWARD_COUNTS_READER, recordRewardCounts } from "./rewards/record-reward-counts.ts";
import { releaseAfterEvents } from "./rewards/release-after-events.ts";
import { releaseDueRewards } from "./rewards/release-due-rewards.ts";
import { replayPlan } from "./rewards/replay-plan.ts";
import { setTermsInForce } from "./rewards/set-terms-in-force.ts";
import { settleOvertakenRefunds } from "./rewards/settle-overtaken-refunds.ts";
import { settleRecorded } from "./rewards/settle-recorded.ts";
import { settleSignups } from "./rewards/settle-signups.ts";
import { settleVerified } from "./rewards/settle-verified.ts";

export type WorkerDeps = {
  db: Database;
  bus: Bus;
  log: Log;
  plans: PlanCache;
  app: pg.ClientConfig;
  /** Null: no mail server is configured, and mails stay in the outbox. */
  mails: Omit<Sending, "db" | "log" | "findLook"> | null;
  /** Keys the hashes of e-mail addresses. */
  hashingKey: string;
  /** Where links in mails lead to; empty until the address is known. */
  publicUrl: () => string;
};

const NOTICES_READER = "notifications";

/** Who follows the log of events, each with a cursor of its own. */
export const subscribers = ({ plans }: Pick<WorkerDeps, "plans">): Subscriber[] => [
  {
    name: NETWORK_READER,
    types: [
      "participant.created",
      "referral.created",
      "referral.placed",
      "referral.qualified",
      "referral.unqualified",
      "referral.rewarded",
      "referral.reassigned",
      "referral.departed",
      "referral.arrived",
    ],
    handle: recordNetwork,
  },
  {
    name: "link-counts",
    types: [
      ...(["referral.created", "referral.waitlisted", "referral.qualified", "referral.unqualified"] as const),
      "referral.rewarded",
    ],
    handle: recordLinkSignups,
  },
  { name: REWARD_COUNTS_READER, count: recordRewardCounts },
  {
    name: "held-rewards",
    types: ["participant.updated", "conversion.settled"],
    handle: releaseAfterEvents,
  },
  {
    name: "signup-rewards",
    types: ["referral.created", "referral.reassigned"],
    handle: (tx, events) => settleSignups(tx, events, plans),
  },
  {
    name: "verified-rewards",
    types: ["participant.updated"],
    handle: (tx, events) => settleVerified(tx, events, plans),
  },
  { name: "invitation-mails", types: MAIL_OUTCOMES, handle: recordInvitationOutcomes },
  {
    name: NOTICES_READER,
    types: OCCASION_TYPES,
    handle: async (tx, events) => void (await notifyParticipants(tx, events, plans)),
  },
  { name: "stopped-topics", types: ["mail.stopped"], handle: setStoppedTopics },
];

/** Those whose effects are facts of their own, which open screens want to see. */
const TELLING = new Set(["signup-rewards", NOTICES_READER]);

const SECOND_MS = 1_000;
const QUIET_MS = 2_000;

/** What runs by the clock, once for all instances: name, crontab and work. */
const schedules = (deps: WorkerDeps, { everyProgram, announced }: Rounds): Schedule[] => [
  {
    name: "release-due-rewards",
    crontab: "* * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() => announced(programId, deps.db.write(programId, releaseDueRewards))),
      ),
  },
  {
    name: "expire-due-rewards",
    crontab: "* * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() => announced(programId, deps.db.write(programId, expireDueRewards))),
      ),
  },
  {
    name: "expire-old-claims",
    crontab: "17 * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() => announced(programId, deps.db.write(programId, expireOldClaims))),
      ),
  },
  {
    name: "cancel-old-debts",
    crontab: "41 2 * * *",
    work: () => everyProgram((programId) => announced(programId, cancelDebts(deps, programId))),
  },
  {
    name: "settle-recorded",
    crontab: "* * * * *",
    work: () =>
      everyProgram((programId) => announced(programId, settleRecorded(deps.db, programId, deps.plans))),
  },
  {
    name: "settle-overtaken-refunds",
    crontab: "* * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() => announced(programId, deps.db.write(programId, settleOvertakenRefunds))),
      ),
  },
  {
    name: "set-terms-in-force",
    crontab: "* * * * *",
    work: () => everyProgram((programId) => deps.db.write(programId, setTermsInForce)),
  },
  {
    name: "claim-places",
    crontab: "* * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() => announced(programId, deps.db.write(programId, claimPlaces))),
      ),
  },
  {
    name: "send-due-invitations",
    crontab: "* * * * *",
    work: () => everyProgram((programId) => untilDone(() => sendDue(deps, programId, sendDueInvitations))),
  },
  {
    name: "send-due-reminders",
    crontab: "* * * * *",
    work: () => everyProgram((programId) => untilDone(() => sendDue(deps, programId, sendDueReminders))),
  },
  {
    name: "expire-invitations",
    crontab: "* * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() => announced(programId, deps.db.write(programId, expireInvitations))),
      ),
  },
  {
    name: "purge-invitations",
    crontab: "23 3 * * *",
    work: () => everyProgram((programId) => untilDone(() => deps.db.write(programId, purgeInvitations))),
  },
  {
    name: "notify-everybody",
    crontab: "* * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() => announced(programId, deps.db.write(programId, notifyEverybody))),
      ),
  },
  ...(["rewards", "links", "friends", "statements"] as const).map((kind) => ({
    name: `notify-ahead-of-${kind}`,
    crontab: "37 * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() =>
          announced(
            programId,
            deps.db.write(programId, (tx) => notifyAhead(tx, kind)),
          ),
        ),
      ),
  })),
  {
    name: "post-due-notices",
    crontab: "* * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() => deps.db.write(programId, (tx) => postDueNotices(tx, deps.publicUrl()))),
      ),
  },
  {
    name: "purge-notifications",
    crontab: "27 3 * * *",
    work: () => everyProgram((programId) => untilDone(() => deps.db.write(programId, purgeNotifications))),
  },
  {
    name: "expire-due-links",
    crontab: "* * * * *",
    work: () =>
      everyProgram((programId) =>
        untilDone(() => announced(programId, deps.db.write(programId, expireDueLinks))),
      ),
  },
  {
    name: "purge-link-days",
    crontab: "27 3 * * *",
    work: () => everyProgram((programId) => deps.db.write(programId, purgeLinkDays)),
  },
  {
    name: "purge-mails",
    crontab: "23 3 * * *",
    work: () => everyProgram((programId) => untilDone(() => deps.db.write(programId, purgeMails))),
  },
  {
    name: "purge-answers",
    crontab: "17 3 * * *",
    work: () => everyProgram((programId) => deps.db.write(programId, purgeAnswers)),
  },
];

type Rounds = ReturnType<typeof roundsOf>;

function roundsOf({ db, bus }: WorkerDeps) {
  return {
    /** What fails in one program holds up no other. */
    everyProgram: async (work: (programId: string) => Promise<number>): Promise<number> => {
      let done = 0;
      const failures: unknown[] = [];
      for (const programId of await db.readDirectory(findProgramIds)) {
        try {
          done += await work(programId);
        } catch (error) {
          if (isOutage(error)) throw error;
          failures.push(new Error(`The work in ${programId} failed.`, { cause: error }));
        }
      }
      if (failures.length === 0) return done;
      throw failures.length === 1
        ? failures[0]
        : new AggregateError(failures, "The work in programs failed.");
    },
    announced: async (programId: string, work: Promise<number>): Promise<number> => {
      const done = await work;
      if (done > 0) bus.publish("events", programId);
      return done;
    },
  };
}

async function cancelDebts({ db }: WorkerDeps, programId: string): Promise<number> {
  let done = 0;
  for (let after: string | null = ""; after !== null; ) {
    const from: string = after;
    const round: DebtRound = await db.write(programId, (tx) => cancelOldDebts(tx, from));
    done += round.done;
    after = round.after;
  }
  return done;
}

/** A chunk of every batch under way, each in a transaction of its own. */
async function sendBatches(deps: WorkerDeps, programId: string): Promise<number> {
  let done = 0;
  for (let after: string | null = ""; after !== null; ) {
    const from: string = after;
    done += await sendDue(deps, programId, async (tx, posting) => {
      const chunk = await sendBatchChunk(tx, from, posting);
      after = chunk.after;
      return chunk.done;
    });
    if (after === from) return done;
  }
  return done;
}

/** A mail that leads nowhere is worse than one that waits until we know our own address. */
function sendDue(
  { db, plans, hashingKey, publicUrl }: WorkerDeps,
  programId: string,
  send: (tx: Tx, posting: Posting) => Promise<number>,
): Promise<number> {
  if (publicUrl() === "") return Promise.resolve(0);
  const posting = { key: hashingKey, publicUrl: publicUrl(), findOffer: offerFinder(plans) };
  return db.write(programId, (tx) => send(tx, posting));
}

async function untilDone(work: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let done = await work(); done > 0; done = await work()) all += done;
  return all;
}

/** Mails go out while there are any; then the outbox is looked at again and again. */
function mailLoops({ db, log, mails }: WorkerDeps, { everyProgram, announced }: Rounds): Loop[] {
  if (mails === null) return [];
  const sending = {
    ...{ ...mails, db, log },
    findLook: (reader: Parameters<typeof findLook>[0]) => findLook(reader, mails.publicUrl()),
  };
  const work = () => everyProgram((programId) => announced(programId, sendDueMails(sending, programId)));
  return [createLoop({ name: "mails", everyMs: SECOND_MS, log, mayIgnore: isOutage, isEager: true, work })];
}

/** Starts everything that runs without a request. */
export async function startWorker(deps: WorkerDeps): Promise<{ close(): Promise<void> }> {
  const { db, bus, log } = deps;
  const rounds = roundsOf(deps);
  const { everyProgram, announced } = rounds;
  const timetable = await openTimetable({ connection: deps.app, log, schedules: schedules(deps, rounds) });
  const loops: Loop[] = [
    ...subscribers(deps).map((subscriber) =>
      createLoop({
        name: subscriber.name,
        everyMs: QUIET_MS,
        // What one person is told within a second is one row that is written once.
        ...(subscriber.name === NOTICES_READER ? { restMs: SECOND_MS } : {}),
        log,
        mayIgnore: isOutage,
        work: () =>
          everyProgram((programId) => {
            const delivered = deliverEvents(db, programId, subscriber);
            return TELLING.has(subscriber.name) ? announced(programId, delivered) : delivered;
          }),
      }),
    ),
    createLoop({
      name: "clicks",
      everyMs: SECOND_MS,
      log,
      mayIgnore: isOutage,
      work: async () => {
        await everyProgram(async (programId) => {
          const counted = await recordClickCounts(db, programId);
          if (counted > 0) bus.publish("visits", programId);
          return counted;
        });
        return 0;
      },
    }),
    createLoop({
      name: "invitation-batches",
      everyMs: QUIET_MS,
      log,
      mayIgnore: isOutage,
      work: () => everyProgram((programId) => announced(programId, sendBatches(deps, programId))),
    }),
    createLoop({
      name: "replays",
      everyMs: QUIET_MS,
      log,
      mayIgnore: isOutage,
      work: () => everyProgram((programId) => announced(programId, replayPlan(db, programId, deps.plans))),
    }),
    ...mailLoops(deps, rounds),
    createLoop({
      name: "checkpoints",
      everyMs: QUIET_MS,
      log,
      mayIgnore: isOutage,
      work: async () => {
        await everyProgram((programId) => recordCheckpoints(db, programId));
        return 0;
      },
    }),
  ];
  const followers = loops.slice(0, subscribers(deps).length);
  const unsubscribe = bus.subscribe("events", () => {
    for (const loop of followers) loop.wake();
  });
  return {
    close: async () => {
      unsubscribe();
      await Promise.all([timetable.close(), ...loops.map((loop) => loop.close())]);
    },
  };
}
