import { defineMessage } from "../message.ts";
import { EARNED_SAMPLE, EarnedFacts, notice, noticeLetter } from "../notice.ts";

export const earnedDirect = defineMessage({
  name: "earned_direct",
  kind: "notice",
  topic: "earnings",
  title: "A purchase of a direct friend has earned something",
  facts: EarnedFacts,
  sample: EARNED_SAMPLE,
  words: {
    en: {
      title: "You earned {amount}",
      text: "{count, plural, one {{friend} made a purchase.} other {Your friends made # purchases.}} {state, select, available {It is yours to use now.} other {It is on its way to you.}}",
      action: "See your earnings",
    },
    hi: {
      title: "आपने {amount} कमाए",
      text: "{count, plural, one {{friend} ने ख़रीदारी की।} other {आपके मित्रों ने # ख़रीदारियाँ कीं।}} {state, select, available {इसे अभी इस्तेमाल किया जा सकता है।} other {यह रास्ते में है।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
