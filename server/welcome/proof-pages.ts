import { html } from "../primitives/html.ts";
import { type Page, shortPage } from "./page.ts";

const BRAND = "ReferralHub";

/** Behind the link of a mail: opening it does nothing, one button does. */
export function confirmPage(token: string): Page {
  return {
    title: "Confirm your e-mail",
    body: shortPage(
      BRAND,
      "Is this your address?",
      "One tap confirms it. You can do this on any device.",
      html`<form method="post" action="/verify/${token}"><button class="button">Confirm my address</button></form>`,
    ),
  };
}

export function staleLinkPage(): Page {
  return {
    title: "This link has ended",
    body: shortPage(
      BRAND,
      "This link has ended",
      "It was used already, a newer mail replaced it, or it is older than a day. What it was for may be done: sign in and look.",
      html`<a class="button" href="/app/sign-in">Sign in</a>`,
    ),
  };
}

/** Behind the link that signs somebody in. */
export function signInPage(token: string): Page {
  return {
    title: "Sign in",
    body: shortPage(
      BRAND,
      "Sign in here?",
      "The button signs you in on this device. If you did not ask for it, close this page: nothing happens.",
      html`<form method="post" action="/sign-in/${token}"><button class="button">Sign in</button></form>`,
    ),
  };
}

export function staleSignInPage(): Page {
  return {
    title: "This link has ended",
    body: shortPage(
      BRAND,
      "This link has ended",
      "It works once, for 15 minutes. Ask for a new one; it is there in a moment.",
      html`<a class="button" href="/app/sign-in">Ask for a new one</a>`,
    ),
  };
}
