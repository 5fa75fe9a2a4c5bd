import { findClicks } from "../clicks/find-clicks.ts";
import { findVisitorClicks } from "../clicks/find-visitor-clicks.ts";
import { findTouchingInvitations } from "../invitations/find-touching-invitations.ts";
import type { InvitationTouch } from "../invitations/invitation.ts";
import { tokenHash } from "../invitations/token.ts";
import { parseCode } from "../links/code.ts";
import { findTargets } from "../links/find-targets.ts";
import { holdLinks } from "../links/hold-links.ts";
import type { Link } from "../links/link.ts";
import type { Tx } from "../platform/database.ts";
import type { CarriedTouch, Signup, SignupReferral } from "./signup.ts";
import { type Touch, type TouchTarget, touchTime } from "./touch.ts";

const DAY_MS = 86_400_000;

type Links = Awaited<ReturnType<typeof holdLinks>>;
type Clicks = Awaited<ReturnType<typeof findClicks>>;
type StoredClick = Clicks extends Map<string, infer Click> ? Click : never;

/** What was read once for all of the sign-ups. */
type Found = { targets: Awaited<ReturnType<typeof findTargets>>; clicks: Clicks; links: Links; now: Date };

/** Of each sign-up, everything it came by: what it names, and the visitor's own clicks; with the links that are meant. */
export async function findTouches(
  tx: Tx,
  signups: readonly Signup[],
  windowDays: number,
): Promise<{ touches: Touch[][]; links: Links }> {
  const named = signups.map(({ referral }) => (referral ? namedTouches(referral) : []));
  const all = named.flat();
  const targets = await findTargets(
    tx,
    all.flatMap(({ code }) => (code === null ? [] : (parseCode(code) ?? []))),
  );
  const clicks = await findClicks(
    tx,
    all.flatMap(({ clickId }) => clickId ?? []),
  );
  const visitors = await findVisitorClicks(
    tx,
    signups.flatMap(({ referral }) => referral?.visitorId ?? []),
    new Date(tx.now.getTime() - windowDays * DAY_MS),
  );
  const invitations = await findTouchingInvitations(tx, {
    tokens: signups.flatMap(({ referral }) => referral?.invitationToken ?? []),
    emailHashes: signups.map(({ emailHash }) => emailHash),
  });
  const ours = [...targets.values()].filter(({ programId }) => programId === tx.programId);
  const meant = [...ours, ...clicks.values(), ...[...visitors.values()].flat(), ...invitations];
  const links = await holdLinks(tx, [...new Set(meant.map(({ linkId }) => linkId as string))]);
  const found: Found = { targets, clicks, links, now: tx.now };
  const touches = signups.map((signup, index) => {
    const { referral } = signup;
    const those = named[index] ?? [];
    const known = new Set(those.map(({ clickId }) => clickId));
    const own = (visitors.get(referral?.visitorId ?? "") ?? []).filter(({ id }) => !known.has(id));
    const arrivals = own.concat(those.flatMap(({ clickId }) => clicks.get(clickId ?? "") ?? []));
    return [
      ...those.map((one) => touchOf(one, found, arrivals)),
      ...own.map((click) => clickTouch(click, links)),
      ...invitationTouches(signup, invitations, links),
    ];
  });
  return { touches, links };
}

/** The form's own first: it is what somebody sent just now. */
function namedTouches({ code, clickId, carried }: SignupReferral): CarriedTouch[] {
  const now: CarriedTouch[] = [];
  if (code !== null) now.push({ code, clickId: null, at: null });
  if (clickId !== null) now.push({ code: null, clickId, at: null });
  return [...now, ...carried];
}

const UNSEEN = { invitationId: null, referrerHost: null, device: null } as const;

function touchOf(
  { code, clickId, at }: CarriedTouch,
  { targets, clicks, links, now }: Found,
  arrivals: readonly StoredClick[],
): Touch {
  const base = { code, clickId, ...UNSEEN };
  if (code === null) {
    const click = clicks.get(clickId ?? "");
    return click ? clickTouch(click, links) : { ...base, kind: "click", at: null, target: null };
  }
  const link = links.get(targets.get(parseCode(code) ?? "")?.linkId ?? "");
  // Whoever followed the link in time and carries its code came in time.
  const arrival = arrivals.find(({ linkId }) => linkId === link?.id);
  const target = link ? touchTarget(link, arrival ?? null) : null;
  return { ...base, kind: "code", at: touchTime(at, now), target };
}

function clickTouch(click: StoredClick, links: Links): Touch {
  const { id, linkId, occurredAt, referrerHost, device } = click;
  const link = links.get(linkId);
  const target = link ? touchTarget(link, click) : null;
  return { ...UNSEEN, kind: "click", code: null, clickId: id, at: occurredAt, target, referrerHost, device };
}

/** By the token that was carried, and to the address they sign up with, wherever they do. */
function invitationTouches(
  { referral, emailHash }: Signup,
  invitations: readonly InvitationTouch[],
  links: Links,
): Touch[] {
  const token = referral?.invitationToken ?? null;
  const hash = token === null ? null : tokenHash(token);
  const base = { ...UNSEEN, kind: "invitation", code: null, clickId: null } as const;
  const theirs = invitations.filter(
    (one) =>
      (hash !== null && one.tokenHash === hash) || (one.emailHash !== null && one.emailHash === emailHash),
  );
  const touches = theirs.map(({ invitationId, linkId, at, isOpen }): Touch => {
    const link = links.get(linkId);
    const arrival = { occurredAt: at, channel: null };
    const target = link ? { ...touchTarget(link, arrival), isInvitationOpen: isOpen } : null;
    return { ...base, invitationId, at, target };
  });
  const isUnknown = hash !== null && !theirs.some((one) => one.tokenHash === hash);
  return isUnknown ? [...touches, { ...base, at: null, target: null }] : touches;
}

/**
 * Who came before the link expired came in time, however long they take to sign up; and by the channel they came
 * by, also where the code is what counts.
 */
function touchTarget(
  { id, participantId, state, expiresAt, channel: ofLink }: Link,
  arrival: Pick<StoredClick, "occurredAt" | "channel"> | null,
): TouchTarget {
  const cameInTime = arrival !== null && expiresAt !== null && arrival.occurredAt < expiresAt;
  const channel = arrival?.channel ?? ofLink;
  const isLinkActive = state === "active" || state === "used_up" || (state === "expired" && cameInTime);
  return { linkId: id, participantId, isLinkActive, channel };
}
