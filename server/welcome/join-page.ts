import { type Fragment, type Html, html } from "../primitives/html.ts";
import type { ProgramState } from "../programs/program.ts";
import { type BrandLook, brandMark, ownWords } from "./brand-look.ts";
import { giftPanel, giftSentence, giftSteps } from "./gift-panel.ts";
import { type Invitation, whoOf } from "./invitation.ts";
import { type Comeback, comebackNotice, invitationNotice } from "./invitation-notices.ts";
import { fieldsOf } from "./join-fields.ts";
import type { FieldErrors, JoinFields } from "./join-form.ts";
import { earnsFromPurchasesOnly, type Offer, whoGains } from "./offer.ts";
import { notice, type Page } from "./page.ts";

export type JoinView = {
  program: string;
  programId: string;
  state: ProgramState;
  timeZone: string;
  termsUrl: string | null;
  /** Who earns, in the program's own sentence; null: in ours. */
  disclosure: string | null;
  look: BrandLook;
  invitation: Invitation;
  offer: Offer | null;
  fields: JoinFields;
  errors: FieldErrors;
  comeback: Comeback | null;
  /** Where invitations are stopped; null unless an invitation by mail led here. */
  stopPath: string | null;
};

/** The page behind a link: who invited you, what you get, what happens, and two fields. */
export function joinPage(view: JoinView): Page {
  const title = titleOf(view);
  const { program, offer, timeZone } = view;
  const isInvitedTo = isInvited(view);
  return {
    title: isInvitedTo ? `${title} to ${program}` : title,
    description: descriptionOf(view),
    styles: view.look.styles,
    body: html`<main class="sheet"><div class="two">
<header>
${brandMark(view.look)}
<h1>${ownWordsIn(view, "headline") ?? title}</h1>
<p class="lead">${ownWordsIn(view, "lead_text") ?? leadOf(view)}</p>
${isInvitedTo && offer && giftPanel(offer.gifts, timeZone)}
</header>
${isOpen(view) ? formOf(view) : closedCard(view)}
<section class="below stack" aria-labelledby="what">${stepsOf(view)}${termsOf(view)}</section>
</div></main>`,
  };
}

/** The program's own words stand above invitations: who comes alone was invited by nobody. */
function ownWordsIn(view: JoinView, word: "headline" | "lead_text" | "button"): Html | null {
  const { invitation, look } = view;
  if (!("advocateId" in invitation)) return word === "button" ? ownWords(look, word, "A friend") : null;
  return ownWords(look, word, invitation.advocate ?? "A friend");
}

function titleOf({ program, invitation }: JoinView): string {
  if (!("advocateId" in invitation)) return `Join ${program}`;
  return `${invitation.advocate ?? "A friend"} invited you`;
}

/** What a message shows under the link: the benefit before everything else. */
function descriptionOf(view: JoinView): string {
  const gift = isInvited(view) ? giftSentence(view.offer?.gifts ?? []) : null;
  const rest = `Join ${view.program} with your name and e-mail. Your own link is ready at once.`;
  return gift === null ? rest : `${gift} ${rest}`;
}

/** By a person: a place is there, or can be waited for. */
const isInvited = ({ invitation }: JoinView): boolean => "advocateId" in invitation;

const isOpen = ({ state }: JoinView): boolean => state === "live" || state === "test";

function leadOf(view: JoinView): string {
  const rest = "with your name and e-mail. Your own link is ready at once.";
  return isInvited(view) ? `Join ${view.program} ${rest}` : `Join ${rest}`;
}

function formOf(view: JoinView): Html {
  const { fields, program, programId, invitation } = view;
  return html`<form class="card stack" method="post" action="/join">
${comebackNotice(view) ?? invitationNotice(invitation)}
${fieldsOf(view)}
<input type="hidden" name="program" value="${programId}">
${fields.clickId && html`<input type="hidden" name="click" value="${fields.clickId}">`}
${fields.invitation && html`<input type="hidden" name="invitation" value="${fields.invitation}">`}
<input type="hidden" name="once" value="${fields.once}">
<button class="button">${ownWordsIn(view, "button") ?? `Join ${program}`}</button>
${disclosureOf(view)}
<p class="fine">${fields.code !== null && html`<a href="/join?program=${programId}">Go on without an invitation</a> · `}<a href="/app/sign-in">Sign in</a> if you have joined before.</p>
</form>`;
}

function disclosureOf({ invitation, offer, disclosure, program }: JoinView): Html | null {
  if (!("advocateId" in invitation)) return null;
  const own = offer && whoGains(offer, whoOf(invitation.advocate).subject, program);
  return html`<p class="fine">${disclosure ?? own}</p>`;
}

/** Nobody can join for now; whoever has joined can still come in. */
function closedCard({ program, state }: JoinView): Html {
  const [title, text] =
    state === "ended"
      ? [`${program} has ended`, "Nobody can join any more. What was earned stays with whoever earned it."]
      : [
          `${program} is taking a break`,
          "Nobody can join at the moment. Your invitation is not lost: open the same link again later.",
        ];
  return html`<section class="card stack">${notice("warn", title, text)}
<a class="button second" href="/app/sign-in">Sign in if you have joined before</a></section>`;
}

function stepsOf({ invitation, offer }: JoinView): Html {
  const steps: [string, Fragment][] = [
    ["You join", joiningText(invitation)],
    ...("advocateId" in invitation ? giftSteps(offer?.gifts ?? []) : []),
    ["You get a link of your own", "To share with friends, if you like."],
    ...(offer && offer.sentences.length > 0
      ? [[rewardTitle(offer), offer.sentences.join(" ")] as [string, string]]
      : []),
  ];
  const isFromPurchases = offer !== null && earnsFromPurchasesOnly(offer);
  return html`${stepList(steps)}${
    isFromPurchases && html`<p class="fine">Earnings come from purchases, not from recruiting.</p>`
  }`;
}

/** What it is subject to, whom it is for, and that nothing has happened yet. */
function termsOf(view: JoinView): Html {
  const { program, termsUrl } = view;
  const terms = termsUrl !== null && html`<a href="${termsUrl}" rel="noopener">Terms of ${program}</a>. `;
  const others =
    isInvited(view) &&
    `For people who are new to ${program}. Not you, or not wanted? Close this page: you have not joined.`;
  const stop =
    view.stopPath !== null && html` <a href="${view.stopPath}" rel="nofollow">Stop invitations</a>`;
  return html`<p class="fine">${terms}${others}${stop}</p>`;
}

function joiningText(invitation: Invitation): string {
  if (invitation.kind === "waitlist")
    return `You wait for a place with ${whoOf(invitation.advocate).object}, and get it by itself as soon as one is free.`;
  if (invitation.kind !== "open") return "With your name and e-mail.";
  const { subject, object } = whoOf(invitation.advocate);
  return invitation.place === "direct"
    ? `${subject} then sees your name among their friends.`
    : `${subject}’s own places are taken, so you get one further down in ${object}’s network.`;
}

export function rewardTitle({ triggers }: Offer): string {
  if (triggers.every((trigger) => trigger === "purchase")) return "Friends buy, you earn";
  return triggers.every((trigger) => trigger === "signup")
    ? "Friends join, you earn"
    : "Friends take part, you earn";
}

export function stepList(steps: readonly (readonly [string, Fragment])[], title = "What happens"): Html {
  return html`<div><h2 id="what">${title}</h2>
<ol class="steps">${steps.map(
    ([name, text], index) => html`<li><span>${index + 1}</span><span><b>${name}</b>${text}</span></li>
`,
  )}</ol></div>`;
}
