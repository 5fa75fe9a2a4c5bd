import { findMessage } from "../messages/catalogue/index.ts";
import type { ProgramLook } from "../messages/composition.ts";
import type { Words } from "../messages/say.ts";
import type { Reader, Tx } from "../platform/database.ts";
import { emailHash } from "../primitives/email.ts";
import { NO_SETTINGS } from "./mail-settings.ts";
import { recordMailOutcomes } from "./record-mail-outcomes.ts";
import type { Claim, Outcome } from "./sending.ts";
import {
  type ClaimedMail,
  claimDueMails,
  countAttempts,
  keepRecipientHashes,
  lockClaims,
  releaseLost,
} from "./store/sending.ts";
import { readMailSettings } from "./store/settings.ts";
import { listSuppressionsOf } from "./store/suppressions.ts";
import { listTemplates } from "./store/templates.ts";
import { type Suppression, suppresses } from "./suppression.ts";
import type { Template } from "./template.ts";
import { allowanceOf, RATES_DEFAULT } from "./throttle.ts";

export type Claiming = {
  emailKey: string;
  /** The host of our own address; part of Message-IDs. */
  host: string;
  findLook: (reader: Reader) => Promise<Omit<ProgramLook, "address">>;
};

const BATCH_MAX = 50;
const URGENT = 0;
const USUAL = 1;
const URGENT_MAX = 10;
/** What somebody waits for goes out though the minute is full. */
const EVERY_URGENT = { mails: URGENT_MAX, fullDomains: [], left: [], perDomain: URGENT_MAX };
/** A worker that is gone gives its mails back after so long; whoever works begins none in the last part of it. */
export const LEASE_MS = 60_000;

/** Takes the next mails that are due for this worker alone. Who does not want theirs does not get it. */
export async function claimMails(tx: Tx, { emailKey, host, findLook }: Claiming): Promise<Claim> {
  await lockClaims(tx);
  await releaseLost(tx);
  const [own, look, tried, templates] = await Promise.all([
    readMailSettings(tx),
    findLook(tx),
    countAttempts(tx),
    listTemplates(tx),
  ]);
  const settings = own ?? NO_SETTINGS;
  const rates = {
    perMinute: settings.mailsPerMinute ?? RATES_DEFAULT.perMinute,
    perDomainMinute: settings.domainMailsPerMinute ?? RATES_DEFAULT.perDomainMinute,
  };
  const until = new Date(tx.now.getTime() + LEASE_MS);
  const lease = { until, host };
  const urgent = await claimDueMails(tx, { priority: URGENT, allowance: EVERY_URGENT }, lease);
  const allowance = allowanceOf(rates, tried, BATCH_MAX);
  const claimed = [...urgent, ...(await claimDueMails(tx, { priority: USUAL, allowance }, lease))];
  const sender = { look: { ...look, address: settings.postalAddress }, settings, words: wordsOf(templates) };
  const { wanted, unwanted } = await sortByWish(tx, claimed, emailKey);
  await recordMailOutcomes(tx, unwanted);
  return { mails: wanted, sender, suppressed: unwanted.length };
}

const wordsOf = (templates: readonly Template[]): Map<string, Words> =>
  new Map(templates.map(({ message, language, words }) => [`${message} ${language}`, words]));

async function sortByWish(
  tx: Tx,
  claimed: readonly ClaimedMail[],
  emailKey: string,
): Promise<{ wanted: ClaimedMail[]; unwanted: Outcome[] }> {
  if (claimed.length === 0) return { wanted: [], unwanted: [] };
  const hashes = claimed.map(({ id, toAddress }) => ({ id, hash: emailHash(toAddress, emailKey) }));
  await keepRecipientHashes(tx, hashes);
  const wishes = new Map<string, Suppression[]>();
  for (const wish of await listSuppressionsOf(tx, [...new Set(hashes.map(({ hash }) => hash))]))
    wishes.set(wish.recipientHash, [...(wishes.get(wish.recipientHash) ?? []), wish]);
  const wanted: ClaimedMail[] = [];
  const unwanted: Outcome[] = [];
  claimed.forEach((mail, index) => {
    const kind = findMessage(mail.message)?.kind ?? "notice";
    const wish = (wishes.get(hashes[index]?.hash ?? "") ?? []).find((one) =>
      suppresses(one, { ...mail, kind }),
    );
    if (wish) unwanted.push({ kind: "suppressed", mail, detail: wish.reason });
    else wanted.push(mail);
  });
  return { wanted, unwanted };
}
