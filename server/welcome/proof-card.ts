import { type Html, html } from "../primitives/html.ts";
import { notice } from "./page.ts";

/** How far the proof of an address is. */
export type VerifyView =
  /** No mails are sent here: the program sees to it. */
  { kind: "not_asked" } | { kind: "proven" } | { kind: "asked"; email: string; said: Said | null };

/** What came of the last attempt. */
export type Said =
  | { kind: "wrong" }
  | { kind: "no_code" }
  | { kind: "too_many" }
  | { kind: "expired" }
  | { kind: "sent" }
  | { kind: "wait"; seconds: number | null };

/** Six digits, a mail once more, and nothing that blocks. */
export function verifyCard(view: VerifyView, pass: string): Html | null {
  if (view.kind === "proven") return null;
  if (view.kind === "not_asked")
    return html`<p class="fine">The program confirms your e-mail address later; you have nothing to do.</p>`;
  const { email, said } = view;
  const error = said && errorOf(said);
  return html`<section class="stack" aria-labelledby="confirm">
<h2 id="confirm">Confirm your e-mail</h2>
${said?.kind === "sent" && notice("info", "Sent once more", "The newest mail is the one that counts.")}
${said?.kind === "wait" && notice("info", "Not yet", waitWords(said.seconds))}
<form class="stack" method="post" action="/join/verify">
<input type="hidden" name="pass" value="${pass}">
<div class="field"><label for="code">Code we sent to ${masked(email)}</label>
<input id="code" name="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required${
    error && html` aria-invalid="true" autofocus`
  } aria-describedby="${error ? "code-error " : ""}code-hint">
${error && html`<p class="error" id="code-error">${error}</p>`}<p class="hint" id="code-hint">Six digits. Or open the link in the mail, on any device.</p></div>
<button class="button second">Confirm</button>
</form>
<form method="post" action="/join/verify"><input type="hidden" name="pass" value="${pass}"><input type="hidden" name="again" value="yes">
<p class="fine">Nothing there? Look in the spam folder, or <button class="inline">send it once more</button>.</p></form>
</section>`;
}

function errorOf(said: Said): string | null {
  switch (said.kind) {
    case "wrong":
      return "This is not the code. Check it, or ask for a new one.";
    case "no_code":
      return "Type the six digits of the mail.";
    case "too_many":
      return "Too many wrong codes. Ask for a new one, or open the link in the mail.";
    case "expired":
      return "This code is too old. Ask for a new one.";
    case "sent":
    case "wait":
      return null;
  }
}

function waitWords(seconds: number | null): string {
  if (seconds === null)
    return "Five mails were sent today. Try again tomorrow, or open the link in one of them.";
  return `A mail is on its way. You can ask for another one in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
}

/** Enough to recognise one's own, too little for whoever looks over the shoulder. */
function masked(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}…${email.slice(at)}`;
}
