import { choicesOf, type StopChoice, type StopFacts } from "../mail/stop.ts";
import { type Fragment, type Html, html } from "../primitives/html.ts";
import { type Page, shortPage } from "./page.ts";

/** What somebody who follows "stop these e-mails" may choose. Nothing has happened yet. */
export function stopPage(facts: StopFacts, token: string): Page {
  const title = facts.kind === "invitation" ? "Stop invitations?" : "Stop these e-mails?";
  const choices = choicesOf(facts);
  if (choices.length === 0) return cannotStopPage(facts);
  return {
    title,
    body: shortPage(
      facts.program,
      title,
      "Choose what you do not want any more. It holds at once, and you need no account.",
      form(
        token,
        choices.map((choice, index) => button(choice, facts, index > 0)),
      ),
    ),
  };
}

/** What holds from now on, and the way back. */
export function stoppedPage(facts: StopFacts, choice: StopChoice, token: string): Page {
  const isBack = choice === "none";
  const title = isBack ? "You get e-mails again" : "Done. It holds from now on";
  const wider = choicesOf(facts).filter((one) => one !== choice && WIDTH[one] > WIDTH[choice]);
  return {
    title,
    body: shortPage(
      facts.program,
      title,
      isBack ? `What you had stopped comes from ${facts.program} again.` : sentenceOf(choice, facts),
      form(token, [
        ...(isBack ? [] : wider.map((one) => button(one, facts, true))),
        isBack
          ? choicesOf(facts).map((one) => button(one, facts, true))
          : html`<button class="button second" name="stop" value="none">I still want them</button>`,
      ]),
    ),
  };
}

/** An address that was cut off on its way, or is not ours. */
export function unknownStopPage(): Page {
  return {
    title: "This link is not whole",
    body: shortPage(
      "ReferralHub",
      "This link is not whole",
      "A part of it may be missing, so we cannot tell whose mails to stop. Nothing was changed.",
      html`<div class="stack"><p>Open “Stop these e-mails” at the end of the newest mail you got: each has a link of its own. Or answer that mail and say so; whoever runs the program reads it and can stop it for you.</p></div>`,
    ),
  };
}

function cannotStopPage({ program }: StopFacts): Page {
  const title = "You asked for this mail";
  return {
    title,
    body: shortPage(
      program,
      title,
      "It was sent because somebody asked for it with your address, and only then. There is nothing to stop.",
      null,
    ),
  };
}

const WIDTH: Record<StopChoice, number> = { none: 0, inviter: 1, message: 1, invitations: 2, optional: 2 };

const form = (token: string, buttons: Fragment): Html =>
  html`<form class="stack" method="post" action="/stop/${token}">${buttons}</form>`;

const button = (choice: StopChoice, facts: StopFacts, isSecond: boolean): Html =>
  html`<button class="button${isSecond ? " second" : ""}" name="stop" value="${choice}">${wordOf(choice, facts)}</button>`;

function wordOf(choice: StopChoice, { inviter, program }: StopFacts): string {
  switch (choice) {
    case "inviter":
      return inviter === null
        ? "No more invitations from this person"
        : `No more invitations from ${inviter}`;
    case "invitations":
      return `No more invitations to ${program} from anybody`;
    case "message":
      return "No more mails of this kind";
    case "optional":
      return `No more mails from ${program}, except those I ask for`;
    case "none":
      return "I still want them";
  }
}

function sentenceOf(choice: Exclude<StopChoice, "none">, { inviter, program }: StopFacts): string {
  switch (choice) {
    case "inviter":
      return `${inviter ?? "This person"} cannot send you invitations to ${program} any more.`;
    case "invitations":
      return `Nobody can send you an invitation to ${program} any more.`;
    case "message":
      return `${program} sends you no more mails of this kind.`;
    case "optional":
      return `${program} sends you only what you ask for yourself, such as a link to sign in.`;
  }
}
