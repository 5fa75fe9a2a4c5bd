import { defineMessage } from "../message.ts";
import { EARNED_SAMPLE, EarnedFacts, notice, noticeLetter } from "../notice.ts";

export const earnedIndirect = defineMessage({
  name: "earned_indirect",
  kind: "notice",
  topic: "network_earnings",
  title: "A purchase further down the network has earned something",
  facts: EarnedFacts,
  sample: EARNED_SAMPLE,
  words: {
    en: {
      title: "You earned {amount} from your network",
      text: "{count, plural, one {Somebody whom {friend} brought made a purchase.} other {People further down your network made # purchases.}} {state, select, available {It is yours to use now.} other {It is on its way to you.}}",
      action: "See your earnings",
    },
    hi: {
      title: "आपके नेटवर्क से आपने {amount} कमाए",
      text: "{count, plural, one {{friend} के लाए किसी व्यक्ति ने ख़रीदारी की।} other {आपके नेटवर्क में आगे के लोगों ने # ख़रीदारियाँ कीं।}} {state, select, available {इसे अभी इस्तेमाल किया जा सकता है।} other {यह रास्ते में है।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
