import { postMails } from "../mail/post-mails.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { findReferralDetail } from "../referrals/find-referral-detail.ts";
import { giftSentence } from "../welcome/gift-panel.ts";
import { findFriends } from "./find-friends.ts";
import { findOffer } from "./find-offer.ts";
import type { PlanCache } from "./find-plans.ts";
import { NUDGE_REST_MS } from "./nudge.ts";
import { upsertNudge } from "./store/nudges.ts";

type Nudge = { referralId: string; advocateId: string; plans: PlanCache; publicUrl: string };

/**
 * Reminds a friend of the step that is theirs, in the name of who brought them; once in a day, whoever asks. Refuses
 * where nothing is left for the friend to do.
 */
export async function sendNudge(
  tx: Tx,
  { referralId, advocateId, plans, publicUrl }: Nudge,
): Promise<{ nudgedAt: Date; nextAt: Date }> {
  const referral = await findReferralDetail(tx, referralId);
  const [friend] = await findFriends(tx, advocateId, [referral], plans, tx.now);
  if (!friend) throw new Refusal("not_found");
  if (friend.missing?.actor !== "friend") throw new Refusal("nothing_to_remind_of");
  const sent = await upsertNudge(tx, friend.participant_id, new Date(tx.now.getTime() - NUDGE_REST_MS));
  if (!sent) throw new Refusal("reminded_already", { facts: { next_at: friend.nudge.next_at ?? "" } });
  const persons = await findPersons(tx, [friend.participant_id, advocateId]);
  const [referee, inviter] = [persons.get(friend.participant_id), persons.get(advocateId)];
  if (!referee || referee.status === "erased") throw new Refusal("not_found");
  const program = await findProgram(tx);
  const offer = await findOffer(tx, plans, tx.now);
  const gifts = (offer?.gifts ?? []).filter(({ trigger }) => trigger !== "signup");
  const name = inviter?.isNameShown ? inviter.name : null;
  await postMails(tx, [
    {
      message: "nudge",
      language: referee.language,
      facts: {
        inviter: name,
        friend: referee.name,
        gift: giftSentence(gifts),
        until: friend.missing.until,
        link: program.destinationUrl ?? `${publicUrl}/app/`,
      },
      to: referee.email,
      participantId: referee.id,
      inviterId: advocateId,
      subjectId: friend.id,
      fromName: name,
      key: `nudge ${friend.id} ${sent.count}`,
      sendAt: null,
    },
  ]);
  return { nudgedAt: tx.now, nextAt: new Date(tx.now.getTime() + NUDGE_REST_MS) };
}
