import { Type } from "typebox";
import { DayFact } from "../fact.ts";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const rulesChanged = defineMessage({
  name: "rules_changed",
  kind: "notice",
  topic: "account",
  title: "A new version of the plan is published",
  facts: Type.Object({ from_on: DayFact("The first day the new rules hold"), url: URL }),
  sample: { from_on: "2026-07-01", url: SAMPLE_URL },
  words: {
    en: {
      title: "The rules change on {from_on}",
      text: "What you have earned stays as it is. Your page shows how you earn from then on.",
      action: "See how you earn",
    },
    hi: {
      title: "{from_on} से नियम बदल रहे हैं",
      text: "आपकी अब तक की कमाई वैसी ही रहेगी। उसके बाद कमाई कैसे होगी, यह आपके पेज पर है।",
      action: "देखें कि कमाई कैसे होती है",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
