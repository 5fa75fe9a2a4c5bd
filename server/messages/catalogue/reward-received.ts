import { defineMessage } from "../message.ts";
import { EARNED_SAMPLE, EarnedFacts, notice, noticeLetter } from "../notice.ts";

export const rewardReceived = defineMessage({
  name: "reward_received",
  kind: "notice",
  topic: "rewards",
  title: "Somebody earns on what they did themselves: a welcome reward",
  facts: EarnedFacts,
  sample: EARNED_SAMPLE,
  words: {
    en: {
      title: "You get {amount}",
      text: "{count, plural, one {It is for what you did yourself.} other {It is for # things you did yourself.}} {state, select, available {It is yours to use now.} other {It is on its way to you.}}",
      action: "See your earnings",
    },
    hi: {
      title: "आपको {amount} मिले",
      text: "{count, plural, one {यह आपके अपने किए के लिए है।} other {यह आपके # कामों के लिए है।}} {state, select, available {इसे अभी इस्तेमाल किया जा सकता है।} other {यह रास्ते में है।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
