import { type Html, html } from "../primitives/html.ts";
import type { Problem } from "../primitives/problem.ts";
import type { JoinFields } from "./join-form.ts";
import { type Page, shortPage } from "./page.ts";

const BRAND = "ReferralHub";

/** A link or a code that leads nowhere. The same for everybody: it is made once. */
export function unknownCodePage(): Page {
  return {
    title: "We don’t know this invitation",
    body: shortPage(
      BRAND,
      "We don’t know this invitation",
      "A letter may be missing. Check the code, or ask your friend to send the link again.",
      html`${codeForm()}<p class="fine"><a href="/join">Go on without an invitation</a> · <a href="/app/sign-in">Sign in</a></p>`,
    ),
  };
}

/** Nothing says which program somebody wants to join. */
export function whichProgramPage(): Page {
  return {
    title: "Which invitation do you have?",
    body: shortPage(
      BRAND,
      "Which invitation do you have?",
      "Enter its code, or open the link you were sent. Whoever runs the program can send you one as well.",
      html`${codeForm()}<p class="fine"><a href="/app/sign-in">Sign in</a> if you have joined before.</p>`,
    ),
  };
}

function codeForm(): Html {
  return html`<form class="card stack" method="get" action="/join">
<div class="field"><label for="ref">Invitation code</label>
<input id="ref" name="ref" required maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="ref-hint">
<p class="hint" id="ref-hint">Ten letters and numbers, such as k7m2q9x4ab.</p></div>
<button class="button">Continue</button>
</form>`;
}

/** The welcome of somebody is over, or its address was cut off on the way. */
export function welcomeOverPage(): Page {
  return {
    title: "This page has ended",
    body: shortPage(
      BRAND,
      "This page has ended",
      "It is shown for a day after somebody joins. Links keep working.",
      html`<div class="stack"><a class="button" href="/app/sign-in">Sign in</a><a class="button second" href="/join">Join</a></div>`,
    ),
  };
}

/** Not stored for now; what was typed is sent again with one button. */
export function notStoredPage(fields: JoinFields, retrySeconds: number | null): Page {
  const { name, email, code, clickId, invitation, programId, country, once } = fields;
  const shown = fields.isNameShown ? "yes" : null;
  const news = fields.hasMarketingConsent ? "yes" : null;
  const known = { name, email, ref: code, click: clickId, invitation, program: programId };
  const sent = { ...known, country, shown, news, once };
  const title =
    retrySeconds === null ? "We can’t store this at the moment" : "Many people are joining from here";
  const when = retrySeconds === null ? "" : ` Try again in ${retrySeconds} seconds.`;
  return {
    title,
    body: shortPage(
      BRAND,
      title,
      `You have not joined yet. What you typed is kept on this page.${when}`,
      html`<form class="stack" method="post" action="/join">
${Object.entries(sent).map(
  ([key, value]) =>
    value !== null &&
    html`<input type="hidden" name="${key}" value="${value}">
`,
)}<button class="button">Try again</button>
</form>`,
    ),
  };
}

/** Any other problem, for people: what it is, and a way on. */
export function problemPage(problem: Problem, path: string): Page {
  return {
    title: problem.title,
    body: shortPage(
      BRAND,
      problem.title,
      sentenceOf(problem),
      html`<div class="stack">${wayOn(problem, path)}</div><p class="fine">Request <code>${problem.request_id}</code></p>`,
    ),
  };
}

function sentenceOf({ code, detail }: Problem): string {
  switch (code) {
    case "not_found":
      return "The address may be mistyped, or what was here has moved.";
    case "internal_error":
      return "Nothing was changed. Try again; if it happens again, send us the number below.";
    case "database_unavailable":
    case "overloaded":
      return "We cannot answer at the moment. Nothing is lost; try again in a few seconds.";
    case "invalid_request":
      return "Something in this address or form cannot be used. Open the link you were sent once more.";
    default:
      return detail;
  }
}

function wayOn({ status }: Problem, path: string): Html {
  const signIn = html`<a class="button second" href="/app/sign-in">Sign in</a>`;
  const again = isOwnPath(path) && html`<a class="button" href="${path}">Try again</a>`;
  if (status === 429 || status >= 500) return html`${again}`;
  if (status === 404) return html`<a class="button" href="/app/">To the start</a>${signIn}`;
  return html`${signIn}`;
}

/** An address that starts with two slashes would lead to another site. */
function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path);
}
