import { defineMessage } from "../message.ts";
import { EARNED_SAMPLE, EarnedFacts, notice, noticeLetter } from "../notice.ts";

export const creditReceived = defineMessage({
  name: "credit_received",
  kind: "notice",
  topic: "rewards",
  title: "Credit is granted",
  facts: EarnedFacts,
  sample: EARNED_SAMPLE,
  words: {
    en: {
      title: "You got {amount}",
      text: "{state, select, available {{count, plural, one {The credit is applied: it is yours to use now.} other {From # rewards. The credit is applied: it is yours to use now.}}} other {{count, plural, one {The credit is on its way. We tell you when it is applied.} other {From # rewards. The credit is on its way, and we tell you when it is applied.}}}}",
      action: "See your earnings",
    },
    hi: {
      title: "आपको {amount} मिला",
      text: "{state, select, available {{count, plural, one {क्रेडिट जोड़ दिया गया है: आप इसे अभी इस्तेमाल कर सकते हैं।} other {# इनामों से। क्रेडिट जोड़ दिया गया है: आप इसे अभी इस्तेमाल कर सकते हैं।}}} other {{count, plural, one {क्रेडिट रास्ते में है। जुड़ते ही हम आपको बताएँगे।} other {# इनामों से। क्रेडिट रास्ते में है, जुड़ते ही हम आपको बताएँगे।}}}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
