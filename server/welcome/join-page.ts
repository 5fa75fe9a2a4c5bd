import { EMAIL_CHARS_MAX } from "../participants/email.ts";
import { type Fragment, type Html, html } from "../primitives/html.ts";
import type { Invitation } from "./invitation.ts";
import { type FieldErrors, type JoinFields, NAME_CHARS_MAX } from "./join-form.ts";
import { disclosure, earnsFromPurchasesOnly, type Offer } from "./offer.ts";
import { notice, type Page } from "./page.ts";

/** Why the page came back instead of going on. */
export type Comeback = "known_email" | "foreign_form" | "own_link" | "member";

type JoinView = {
  program: string;
  programId: string;
  invitation: Invitation;
  offer: Offer | null;
  fields: JoinFields;
  errors: FieldErrors;
  comeback: Comeback | null;
};

/** The page behind a link: who invited you, what happens, and two fields. */
export function joinPage(view: JoinView): Page {
  const title = titleOf(view);
  return {
    title: isInvited(view) ? `${title} to ${view.program}` : title,
    description: `Join ${view.program} with your name and e-mail. Your own link is ready at once.`,
    body: html`<main class="sheet"><div class="two">
<header>
<p class="brand">${view.program}</p>
<h1>${title}</h1>
<p class="lead">${leadOf(view)}</p>
</header>
${formOf(view)}
<section class="below stack" aria-labelledby="what">${stepsOf(view)}</section>
</div></main>`,
  };
}

function titleOf({ program, invitation }: JoinView): string {
  return "advocateId" in invitation ? `${invitation.advocate} invited you` : `Join ${program}`;
}

/** By somebody who may be named: a place is there, or can be waited for. */
const isInvited = ({ invitation }: JoinView): boolean => "advocateId" in invitation;

function leadOf(view: JoinView): string {
  const rest = "with your name and e-mail. Your own link is ready at once.";
  return isInvited(view) ? `Join ${view.program} ${rest}` : `Join ${rest}`;
}

function formOf(view: JoinView): Html {
  const { fields, program, programId, invitation, offer } = view;
  return html`<form class="card stack" method="post" action="/join">
${comebackNotice(view) ?? invitationNotice(view)}
${chipOf(view)}
${nameAndEmail(view)}
<input type="hidden" name="program" value="${programId}">
${fields.clickId && html`<input type="hidden" name="click" value="${fields.clickId}">`}
<input type="hidden" name="once" value="${fields.once}">
<button class="button">Join ${program}</button>
${"advocateId" in invitation && offer && html`<p class="fine">${disclosure(offer, invitation.advocate, program)}</p>`}
<p class="fine">${fields.code !== null && html`<a href="${withoutInvitation(view)}">Go on without an invitation</a> · `}<a href="/app/sign-in">Sign in</a> if you have joined before.</p>
</form>`;
}

function nameAndEmail({ fields, errors }: JoinView): Html[] {
  const [first] = Object.keys(errors);
  return [
    fieldOf({
      name: "name",
      label: "Name",
      value: fields.name,
      error: errors.name,
      isFirstError: first === "name",
      type: "text",
      autocomplete: "name",
      maxlength: NAME_CHARS_MAX,
    }),
    fieldOf({
      name: "email",
      label: "E-mail",
      value: fields.email,
      error: errors.email,
      isFirstError: first === "email",
      type: "email",
      autocomplete: "email",
      maxlength: EMAIL_CHARS_MAX,
    }),
  ];
}

const withoutInvitation = ({ programId }: JoinView) => `/join?program=${programId}`;

/** The code a link carried, to be seen and changed; opened without a script. */
function chipOf(view: JoinView): Html {
  const { fields, errors, invitation } = view;
  const isApplied = isInvited(view) && errors.code === undefined;
  const isUnknown = invitation.kind === "unknown_code";
  const summary = isApplied
    ? html`<span class="tick" aria-hidden="true">✓</span><b>Code <code>${fields.code}</code> applied</b><span>Change</span>`
    : fields.code === null
      ? html`<b>Have an invitation code?</b><span>Enter it</span>`
      : html`<b>Invitation code${!isUnknown && html` <code>${fields.code}</code>`}</b><span>Change</span>`;
  return html`<details class="chip ${isApplied ? "" : "off"}"${isUnknown && html` open`}>
<summary>${summary}</summary>
<div>${fieldOf({
    name: "ref",
    label: html`<span class="sr">Invitation code</span>`,
    value: fields.code ?? "",
    error: isUnknown ? UNKNOWN_CODE : undefined,
    isFirstError: Object.keys(errors)[0] === "code",
    ...(isUnknown ? {} : { hint: "Ten letters and numbers. Leave it empty to join without an invitation." }),
    type: "text",
    autocomplete: "off",
    maxlength: 100,
  })}</div>
</details>`;
}

const UNKNOWN_CODE = "We don’t know this code. Check it, or empty the field and join all the same.";

type Field = {
  name: string;
  label: Fragment;
  value: string;
  error?: string | undefined;
  /** The cursor waits where something must be corrected. */
  isFirstError?: boolean;
  hint?: string;
  type: "text" | "email";
  autocomplete: string;
  maxlength: number;
};

/** A control with its name, a hint and what is wrong with it, tied together for every reader. */
function fieldOf({
  name,
  label,
  value,
  error,
  isFirstError,
  hint,
  type,
  autocomplete,
  maxlength,
}: Field): Html {
  const notes = [error ? `${name}-error` : "", hint ? `${name}-hint` : ""].filter(Boolean).join(" ");
  return html`<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" maxlength="${maxlength}"${
    name === "ref" ? html` autocapitalize="none" spellcheck="false"` : html` required`
  }${error && html` aria-invalid="true"`}${isFirstError && html` autofocus`}${notes && html` aria-describedby="${notes}"`}>
${error && html`<p class="error" id="${name}-error">${error}</p>`}${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
</div>`;
}

/** What is wrong with the invitation, and what still works. */
function invitationNotice({ invitation }: JoinView): Html | null {
  switch (invitation.kind) {
    case "open":
    case "none":
    // Said beside the field.
    case "unknown_code":
      return null;
    case "waitlist":
      return notice(
        "info",
        `All of ${invitation.advocate}’s places are taken`,
        `Join now and the next free one is yours${beforeYou(invitation.waiting)}. Until then you can buy and share your own link as everybody does.`,
      );
    case "expired_link":
      return notice(
        "warn",
        "This link is switched off",
        "You can still join; nobody is credited for it. Or enter the code of another link.",
      );
    case "advocate_not_active":
      return notice(
        "warn",
        "This invitation does not count at the moment",
        "You can still join; nobody is credited for it. Or enter the code of somebody else.",
      );
    case "direct_limit_reached":
      return notice(
        "warn",
        `${invitation.advocate} has no free place`,
        `${placesTaken(invitation.limit)} You can still join, without an advocate, or with the code of somebody else.`,
      );
  }
}

function beforeYou(waiting: number): string {
  if (waiting === 0) return "";
  return waiting === 1 ? " after one person who waits already" : ` after ${waiting} people who wait already`;
}

function placesTaken(limit: number): string {
  if (limit === 0) return "";
  return limit === 1 ? "The one place is taken." : `All ${limit} places are taken.`;
}

function comebackNotice({ comeback, program }: JoinView): Html | null {
  switch (comeback) {
    case null:
      return null;
    case "known_email":
      return notice(
        "info",
        "Somebody with this e-mail has joined already",
        html`If that is you, <a href="/app/sign-in">sign in</a>: your link and your earnings are there. If not, use another address.`,
      );
    case "foreign_form":
      return notice(
        "warn",
        "This form came from another page",
        "Nothing was stored. Check what it says and send it again from here.",
      );
    case "own_link":
      return notice(
        "info",
        "This is your own link",
        html`It shows what your friends see; you cannot join through it yourself. <a href="/app/home">Back to your page</a>`,
      );
    case "member":
      return notice(
        "info",
        `You have joined ${program} already`,
        html`Nothing is left to do here. <a href="/app/home">Open your page</a>`,
      );
  }
}

function stepsOf({ invitation, offer }: JoinView): Html {
  const steps: [string, Fragment][] = [
    ["You join", joiningText(invitation)],
    ["You get a link of your own", "To share with friends, if you like."],
    ...(offer ? [[rewardTitle(offer), offer.sentences.join(" ")] as [string, string]] : []),
  ];
  const isFromPurchases = offer !== null && earnsFromPurchasesOnly(offer);
  return html`${stepList(steps)}${
    isFromPurchases && html`<p class="fine">Earnings come from purchases, not from recruiting.</p>`
  }`;
}

function joiningText(invitation: Invitation): string {
  if (invitation.kind === "waitlist")
    return `You wait for a place with ${invitation.advocate}, and get it by itself as soon as one is free.`;
  if (invitation.kind !== "open") return "With your name and e-mail.";
  return invitation.place === "direct"
    ? `${invitation.advocate} then sees your name among their friends.`
    : `${invitation.advocate}’s own places are taken, so you get one further down in ${invitation.advocate}’s network.`;
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
