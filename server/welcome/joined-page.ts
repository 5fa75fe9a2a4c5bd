import { type Html, html } from "../primitives/html.ts";
import type { AttributionReason } from "../referrals/attribution.ts";
import { type BrandLook, brandMark, ownWords } from "./brand-look.ts";
import { dayText } from "./gift-panel.ts";
import { rewardTitle, stepList } from "./join-page.ts";
import type { Offer } from "./offer.ts";
import { notice, type Page } from "./page.ts";
import { type Progress, stepsOf } from "./progress.ts";
import { type VerifyView, verifyCard } from "./proof-card.ts";
import { tracker } from "./tracker.ts";

/** Whether this browser can open the page of the person who just joined. */
export type Entry =
  /** Signed in as them. */
  | "open"
  /** The cookie was refused, or the form came without one. */
  | "no_cookie"
  /** Somebody else is signed in here. */
  | "other_account"
  /** Their address has an account already: signing in to it proves it is theirs. */
  | "account_exists"
  /** Signed in to that account: one button adds the program to it. */
  | "may_add";

export type JoinedView = {
  program: string;
  look: BrandLook;
  name: string;
  isInvited: boolean;
  /** First name of the person who is credited, if they agreed to be named. */
  advocate: string | null;
  /** Where they stand in the advocate's line, if they wait for a place. */
  waitPosition: number | null;
  reasons: readonly AttributionReason[];
  link: string;
  offer: Offer | null;
  verify: VerifyView;
  progress: Progress;
  joinedAt: Date;
  timeZone: string;
  entry: Entry;
  pass: string;
};

/** Right after joining: thanks, the own link, and what comes next. */
export function joinedPage(view: JoinedView): Page {
  return {
    title: `You’re in · ${view.program}`,
    isLive: true,
    styles: view.look.styles,
    body: html`<main class="sheet"><div class="two">
<header>
${brandMark(view.look)}
<h1>You’re in, ${view.name}</h1>
<p class="lead">${ownWords(view.look, "thanks", view.advocate ?? "your friend") ?? thanksOf(view)}</p>
</header>
<section class="card stack" aria-labelledby="link">
${verifyCard(view.verify, view.pass)}
${reasonNotice(view)}${waitNotice(view)}
<div class="stack">
<h2 id="link">Your own link</h2>
<p class="link">${view.link}</p>
<p class="fine">One tap selects it. It works from now on.</p>
<div class="row">${shareLinks(view)}</div>
</div>
${entryOf(view)}
</section>
<section class="below stack" aria-labelledby="what">${trackerOf(view)}${nextSteps(view)}${!view.isInvited && html`<p class="fine">Somebody invited you? <a href="/join/invited?pass=${view.pass}">Say who</a>, and they are credited.</p>`}</section>
</div></main>`,
  };
}

function thanksOf({ program, isInvited, advocate }: JoinedView): string {
  if (!isInvited) return `Welcome to ${program}.`;
  return `Thanks to ${advocate === null ? "the friend" : `${advocate},`} who invited you to ${program}.`;
}

/** Only for those who were promised something; who came alone was not. */
function trackerOf({ isInvited, offer, verify, progress, joinedAt, timeZone }: JoinedView): Html | null {
  const gifts = offer?.gifts ?? [];
  if (!isInvited || (gifts.length === 0 && progress.rewards.length === 0)) return null;
  const day = (at: Date): string => dayText(at, timeZone);
  const steps = stepsOf({
    isVerified: verify.kind === "proven",
    asksVerification: verify.kind !== "not_asked",
    ...{ gifts, progress, joinedAt, day },
  });
  return tracker(steps, progress, day);
}

function shareLinks({ link, program }: JoinedView): Html[] {
  const text = `Join me at ${program}: ${link}`;
  const ways: [string, string][] = [
    ["WhatsApp", `https://wa.me/?text=${encodeURIComponent(text)}`],
    ["E-mail", `mailto:?subject=${encodeURIComponent(program)}&body=${encodeURIComponent(text)}`],
    ["SMS", `sms:?&body=${encodeURIComponent(text)}`],
  ];
  return ways.map(
    ([name, address]) =>
      html`<a class="button second" href="${address}" rel="noopener noreferrer">${name}</a>`,
  );
}

function entryOf({ entry, program, pass, verify }: JoinedView): Html {
  switch (entry) {
    case "open":
      return html`<a class="button apart" href="/app/home">Open your page</a>`;
    case "no_cookie":
      return notice(
        "info",
        "You are not signed in here",
        verify.kind === "not_asked"
          ? `Your browser did not keep our cookie. Your link works all the same; ask ${program} for a way to sign in when you want to see your page.`
          : html`Your browser did not keep our cookie. Your link works all the same; to see your page, open <a href="/app/sign-in">the sign-in page</a> where cookies are kept, and have a code sent to you.`,
      );
    case "other_account":
      return notice(
        "info",
        "Somebody else is signed in here",
        "You have joined; this browser stays signed in as before. Your link works all the same.",
      );
    case "account_exists":
      return notice(
        "info",
        "You have an account already",
        html`There is an account with this e-mail. <a href="/app/sign-in">Sign in</a>, come back to this page, and add ${program} to it.`,
      );
    case "may_add":
      return html`<form class="stack" method="post" action="/join/welcome">
<input type="hidden" name="pass" value="${pass}">
<button class="button">Add ${program} to your account</button>
</form>`;
  }
}

/** No place yet: it comes by itself, and what works meanwhile. */
function waitNotice({ advocate, waitPosition }: JoinedView): Html | null {
  if (waitPosition === null) return null;
  const who = advocate ?? "the person who invited you";
  const place = waitPosition === 1 ? "You are next" : `You are number ${waitPosition} in line`;
  return notice(
    "info",
    `You wait for a place with ${who}`,
    `${place}, and the place becomes yours by itself. Your link works already, and whom you bring stays with you.`,
  );
}

/** Nobody is credited: why, in words for the person who joined. */
function reasonNotice({ reasons }: JoinedView): Html | null {
  const [reason] = reasons;
  return reason === undefined ? null : notice("info", "You joined without an advocate", SENTENCES[reason]);
}

const SENTENCES: Record<AttributionReason, string> = {
  unknown_code: "We don’t know the code you came with.",
  unknown_click: "We don’t know the visit you came with.",
  unknown_invitation: "We don’t know the invitation you came with.",
  expired_invitation: "The invitation you came with is over, or was used before.",
  outside_window: "You opened the link too long ago for it to count.",
  expired_link: "The link you came through is switched off.",
  link_used_up: "The link you came through was used as often as it may be.",
  own_link: "Nobody can invite themselves.",
  already_referred: "You had joined before, so this invitation doesn’t count.",
  advocate_not_active: "The invitation you came with does not count at the moment.",
  direct_limit_reached: "The person who invited you has no free place.",
};

function nextSteps({ offer }: JoinedView): Html {
  return stepList(
    [
      ["Share your link", "With someone who would like it. A message of your own works best."],
      ["Your friend joins", "You see it on your page within seconds, with their name."],
      ...(offer ? [[rewardTitle(offer), offer.sentences.join(" ")] as const] : []),
    ],
    "What happens next",
  );
}
