import { findMessage } from "../messages/catalogue/index.ts";
import { renderMail } from "../messages/composition.ts";
import { languageOf } from "../messages/language.ts";
import type { AnyMessage } from "../messages/message.ts";
import type { Database } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import { type Handover, type Mailer, type OutgoingMail, SEND_MS_MAX } from "../platform/mail.ts";
import type { Id } from "../primitives/id.ts";
import { type Claiming, claimMails, LEASE_MS } from "./claim-mails.ts";
import { senderOf } from "./mail-settings.ts";
import { recordMailOutcomes } from "./record-mail-outcomes.ts";
import { returnLocalPart, stopToken } from "./seal.ts";
import type { Outcome, Sender } from "./sending.ts";
import { type ClaimedMail, hasDueMails, returnClaims } from "./store/sending.ts";
import { putMailServer } from "./store/settings.ts";

export type Sending = Omit<Claiming, "host"> & {
  db: Database;
  log: Log;
  mailer: Mailer;
  publicUrl: () => string;
  /** Where mails that cannot be delivered come back to; null: to the sender. */
  bounceHost: string | null;
};

/** No mail is begun later in its lease than this, so that no other worker begins it too. */
const BEGIN_MS_MAX = LEASE_MS - SEND_MS_MAX - 10_000;
/** While the server cannot be reached, it is asked again this often. */
const AGAIN_MS = 30_000;
const RECORD_TRIES_MAX = 30;
const RECORD_AGAIN_MS = 1_000;

/** Sends a batch of a program's mails that are due; answers how many left the outbox or were put back. */
export async function sendDueMails(sending: Sending, programId: string): Promise<number> {
  const { db, mailer, publicUrl } = sending;
  if (publicUrl() === "" || !(await db.read(programId, hasDueMails))) return 0;
  const host = new URL(publicUrl()).hostname;
  const claim = await db.write(programId, (tx) => claimMails(tx, { ...sending, host }));
  const begun = performance.now();
  const records = recordsOf(db, programId);
  const waiting = [...claim.mails];
  let failure: string | null = null;
  const work = async (): Promise<void> => {
    while (failure === null && performance.now() - begun < BEGIN_MS_MAX) {
      const mail = waiting.shift();
      if (!mail) return;
      const handover = await handOver(sending, {
        programId: programId as Id<"prg">,
        mail,
        sender: claim.sender,
      });
      if (handover.kind === "unreachable") failure = handover.reason;
      records.add(outcomeOf(mail, handover));
    }
  };
  await Promise.all(Array.from({ length: mailer.connectionsMax }, work));
  await records.finish();
  if (waiting.length > 0) await giveBack(sending, programId, waiting, failure === null ? 0 : AGAIN_MS);
  const said = failure;
  if (claim.mails.length > 0) await db.writeDirectory((tx) => putMailServer(tx, mailer.host, said));
  return failure === null ? claim.mails.length + claim.suppressed : 0;
}

type Handed = { programId: Id<"prg">; mail: ClaimedMail; sender: Sender };

async function handOver(sending: Sending, { programId, mail, sender }: Handed): Promise<Handover> {
  const message = findMessage(mail.message);
  if (!message?.mail)
    return { kind: "refused", reason: "There is no such message any more.", isAddress: false };
  try {
    return await sending.mailer.send(outgoing(sending, { programId, mail, sender }, message));
  } catch (error) {
    sending.log.error({ error, mail: mail.id, message: mail.message }, "a mail could not be written");
    return { kind: "refused", reason: "The mail could not be written.", isAddress: false };
  }
}

function outgoing(sending: Sending, { programId, mail, sender }: Handed, message: AnyMessage): OutgoingMail {
  const { emailKey, publicUrl, bounceHost } = sending;
  const sealed = { programId, mailId: mail.id };
  const stopUrl =
    message.kind === "transactional" ? null : `${publicUrl()}/stop/${stopToken(sealed, emailKey)}`;
  const language = languageOf(mail.language);
  const words = sender.words.get(`${message.name} ${language}`) ?? null;
  const { program } = sender.look;
  const composition = { message, language, facts: mail.facts, program, words };
  const from = senderOf(sender.settings, mail, program, mail.messageHost);
  return {
    ...renderMail(composition, sender.look, stopUrl),
    messageId: `<${mail.id}@${mail.messageHost}>`,
    from,
    replyTo: sender.settings.replyTo,
    to: mail.toAddress,
    returnPath: bounceHost === null ? from.address : `${returnLocalPart(sealed, emailKey)}@${bounceHost}`,
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      ...(stopUrl === null
        ? {}
        : { "List-Unsubscribe": `<${stopUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
    },
  };
}

function outcomeOf(mail: ClaimedMail, handover: Handover): Outcome {
  switch (handover.kind) {
    case "accepted":
      return { kind: "sent", mail, detail: handover.response };
    case "deferred":
    case "unreachable":
      return { kind: "deferred", mail, detail: handover.reason };
    case "refused":
      return { kind: handover.isAddress ? "bounced" : "failed", mail, detail: handover.reason };
  }
}

/**
 * Writes outcomes down as they come, those that came meanwhile together: what a crash can repeat is what is on its
 * way and what one transaction holds.
 */
function recordsOf(db: Database, programId: string) {
  let gathered: Outcome[] = [];
  let writing: Promise<void> | null = null;
  const write = async (): Promise<void> => {
    while (gathered.length > 0) {
      const outcomes = gathered;
      gathered = [];
      await insist(() => db.write(programId, (tx) => recordMailOutcomes(tx, outcomes)));
    }
    writing = null;
  };
  return {
    add: (outcome: Outcome): void => {
      gathered.push(outcome);
      writing ??= write();
      // Whoever finishes hears of it.
      writing.catch(() => {});
    },
    finish: async (): Promise<void> => {
      await writing;
    },
  };
}

/** What was sent must be written down, or it is sent again: a database that is away for a moment is waited for. */
async function insist(write: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (tries === RECORD_TRIES_MAX) throw error;
      await new Promise((resolve) => setTimeout(resolve, RECORD_AGAIN_MS));
    }
  }
}

async function giveBack(
  { db }: Sending,
  programId: string,
  mails: ClaimedMail[],
  waitMs: number,
): Promise<void> {
  const ids = mails.map(({ id }) => id);
  await db.write(programId, (tx) => returnClaims(tx, ids, new Date(tx.now.getTime() + waitMs)));
}
