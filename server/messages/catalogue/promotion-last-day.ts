import { Type } from "typebox";
import { DayFact, TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const promotionLastDay = defineMessage({
  name: "promotion_last_day",
  kind: "notice",
  topic: "promotions",
  title: "A promotion ends within a day",
  facts: Type.Object({
    promotion: TextFact("The promotion's name"),
    ends_on: DayFact("Its last day"),
    url: URL,
  }),
  sample: { promotion: "Double December", ends_on: "2026-12-15", url: SAMPLE_URL },
  words: {
    en: {
      title: "Last day: {promotion}",
      text: "It ends on {ends_on}. What is bought until then counts.",
      action: "Open your page",
    },
    hi: {
      title: "आख़िरी दिन: {promotion}",
      text: "यह {ends_on} को समाप्त होगा। तब तक की ख़रीदारी गिनी जाएगी।",
      action: "अपना पेज खोलें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
