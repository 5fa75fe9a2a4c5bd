import { defineMessage } from "../message.ts";
import { EARNED_SAMPLE, EarnedFacts, notice, noticeLetter } from "../notice.ts";

export const pointsReceived = defineMessage({
  name: "points_received",
  kind: "notice",
  topic: "rewards",
  title: "Points are granted",
  facts: EarnedFacts,
  sample: EARNED_SAMPLE,
  words: {
    en: {
      title: "You got {amount}",
      text: "{state, select, available {{count, plural, one {They are in your balance.} other {From # rewards. They are in your balance.}}} other {{count, plural, one {They are on their way to you.} other {From # rewards. They are on their way to you.}}}}",
      action: "See your earnings",
    },
    hi: {
      title: "आपको {amount} मिले",
      text: "{state, select, available {{count, plural, one {वे आपके खाते में हैं।} other {# इनामों से। वे आपके खाते में हैं।}}} other {{count, plural, one {वे रास्ते में हैं।} other {# इनामों से। वे रास्ते में हैं।}}}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
