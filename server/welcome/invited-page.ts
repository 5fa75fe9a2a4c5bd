import { type Html, html } from "../primitives/html.ts";
import type { Refusal } from "../primitives/refusal.ts";
import { type BrandLook, brandMark } from "./brand-look.ts";
import { notice, type Page } from "./page.ts";

/** What somebody types who was invited and joined without the link. */
export type InvitedFields = { who: string; on: string; note: string };

export type InvitedView = {
  look: BrandLook;
  pass: string;
  fields: InvitedFields;
  /** Why it could not be taken, or that it was. */
  said: { kind: "refused"; text: string } | { kind: "wrong"; text: string } | { kind: "taken" } | null;
  /** The last day that can be named. */
  today: string;
};

/** "Somebody invited me": who, and when. The program decides; the page says so before anything is sent. */
export function invitedPage(view: InvitedView): Page {
  const { look, said } = view;
  const isOver = said?.kind === "taken" || said?.kind === "refused";
  return {
    title: `Who invited you? · ${look.program}`,
    styles: look.styles,
    body: html`<main class="sheet narrow">
<div>${brandMark(look)}
<h1>Who invited you?</h1>
<p class="lead">The program looks at it and decides, mostly within a few days. If it counts, your friend is credited and what an invitation brings you is yours.</p>
</div>
${isOver ? outcomeOf(view) : formOf(view)}
</main>`,
  };
}

function outcomeOf({ said, pass }: InvitedView): Html {
  const taken = notice(
    "info",
    "The program has it",
    "You see the outcome on your page. Nothing else is needed from you.",
  );
  const refused = said?.kind === "refused" && notice("warn", "This cannot be taken", said.text);
  return html`${said?.kind === "taken" ? taken : refused}<a class="button" href="/join/welcome?pass=${pass}">Back to your page</a>`;
}

function formOf({ pass, fields, said, today }: InvitedView): Html {
  const error = said?.kind === "wrong" && said.text;
  return html`<form class="card stack" method="post" action="/join/invited">
<input type="hidden" name="pass" value="${pass}">
<div class="field"><label for="who">Their code, or their e-mail</label>
<input id="who" name="who" type="text" required maxlength="320" autocomplete="off" autocapitalize="none" spellcheck="false" value="${fields.who}"${
    error && html` aria-invalid="true" autofocus aria-describedby="who-error"`
  }>
${error && html`<p class="error" id="who-error">${error}</p>`}</div>
<div class="field"><label for="on">When, if you remember</label>
<input id="on" name="on" type="date" max="${today}" value="${fields.on}"></div>
<div class="field"><label for="note">Anything that helps</label>
<input id="note" name="note" type="text" maxlength="500" autocomplete="off" value="${fields.note}"></div>
<button class="button">Send</button>
<p class="fine"><a href="/join/welcome?pass=${pass}">Back</a></p>
</form>`;
}

const REFUSALS: Record<string, string> = {
  claims_off: "This program takes the code when somebody joins, and not later.",
  claim_open: "You have sent one already, and it is being looked at.",
  already_has_advocate: "Somebody is credited for you already.",
  own_link: "Nobody can invite themselves.",
};

/** What a refusal says here; null where it is about what was typed. */
export function refusalText({ code, details }: Refusal): string | null {
  if (code === "claim_window_over")
    return `It can be said within ${details.facts?.["days"] ?? "some"} days of joining, and that is over.`;
  return REFUSALS[code] ?? null;
}
