import { defineMessage } from "../message.ts";
import { MOVED_SAMPLE, MovedFacts, notice, noticeLetter } from "../notice.ts";

export const redeemed = defineMessage({
  name: "redeemed",
  kind: "notice",
  topic: "rewards",
  title: "Points or credit are used",
  facts: MovedFacts,
  sample: MOVED_SAMPLE,
  words: {
    en: {
      title: "You used {amount}",
      text: "{count, plural, one {Thank you. What is left is on your earnings page.} other {In # steps. What is left is on your earnings page.}}",
      action: "See your earnings",
    },
    hi: {
      title: "आपने {amount} इस्तेमाल किए",
      text: "{count, plural, one {धन्यवाद। जो बचा है वह आपके कमाई वाले पेज पर है।} other {# बार में। जो बचा है वह आपके कमाई वाले पेज पर है।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
