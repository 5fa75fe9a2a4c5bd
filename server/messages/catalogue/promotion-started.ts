import { Type } from "typebox";
import { DayFact, TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const promotionStarted = defineMessage({
  name: "promotion_started",
  kind: "notice",
  topic: "promotions",
  title: "A promotion begins",
  facts: Type.Object({
    promotion: TextFact("The promotion's name"),
    ends_on: DayFact("Its last day"),
    url: URL,
  }),
  sample: { promotion: "Double December", ends_on: "2026-12-15", url: SAMPLE_URL },
  words: {
    en: {
      title: "{promotion} has begun",
      text: "It holds until {ends_on}. Your page shows what you get.",
      action: "Open your page",
    },
    hi: {
      title: "{promotion} शुरू हो गया है",
      text: "यह {ends_on} तक है। आपको क्या मिलेगा, यह आपके पेज पर है।",
      action: "अपना पेज खोलें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
