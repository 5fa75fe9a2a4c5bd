import { type Static, Type } from "typebox";
import { AddressFact, CountFact, MoneyFact, TextFact } from "./fact.ts";
import type { Letter } from "./letter.ts";
import type { Notice } from "./message.ts";
import type { Say } from "./say.ts";

/** Facts that many notices share. */
export const FRIEND = TextFact("The friend's name, or “a friend” where it is not known");
export const COUNT = CountFact("How often it happened within some minutes");
export const AMOUNT = MoneyFact("How much it is in all");
export const STATE = TextFact(
  "The word “available” where it can be used at once, “pending” where it is on its way",
);
export const URL = AddressFact("The page it is about");

export const SAMPLE_URL = "https://refer.example/app/earnings";

export const EarnedFacts = Type.Object({
  friend: FRIEND,
  count: COUNT,
  amount: AMOUNT,
  state: STATE,
  url: URL,
});
export const EARNED_SAMPLE: Static<typeof EarnedFacts> = {
  friend: "Ben",
  count: 1,
  amount: { amount: 2_100, currency: "INR" },
  state: "pending",
  url: SAMPLE_URL,
};

export const MovedFacts = Type.Object({ count: COUNT, amount: AMOUNT, url: URL });
export const MOVED_SAMPLE: Static<typeof MovedFacts> = {
  count: 1,
  amount: { amount: 10_000_000, currency: "INR" },
  url: SAMPLE_URL,
};

export const FriendFacts = Type.Object({ friend: FRIEND, count: COUNT, url: URL });
export const FRIEND_SAMPLE: Static<typeof FriendFacts> = {
  friend: "Meera",
  count: 1,
  url: "https://refer.example/app/network",
};

type Facts = { url: string; amount?: { amount: number; currency: string } };

/** A notice by mail: what stands in the app, and one way to the page it is about. */
export function noticeLetter({ url }: Facts, say: Say): Letter {
  const [title, text] = [sentence(say("title")), sentence(say("text"))];
  return {
    subject: title,
    preview: text,
    heading: title,
    paragraphs: [text],
    action: { label: say("action"), url },
    fine: [],
  };
}

/** A notice in the app. */
export function notice({ url, amount }: Facts, say: Say): Notice {
  return { title: sentence(say("title")), text: sentence(say("text")), url, ...(amount && { amount }) };
}

/** It may begin with “a friend”. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
