import { defineMessage } from "../message.ts";
import { MOVED_SAMPLE, MovedFacts, notice, noticeLetter } from "../notice.ts";

export const redemptionReversed = defineMessage({
  name: "redemption_reversed",
  kind: "notice",
  topic: "corrections",
  title: "The use of points or credit is undone",
  facts: MovedFacts,
  sample: MOVED_SAMPLE,
  words: {
    en: {
      title: "{amount} is yours again",
      text: "{count, plural, one {You had used it; that was undone.} other {You had used it in # steps; they were undone.}}",
      action: "See your earnings",
    },
    hi: {
      title: "{amount} फिर आपके हैं",
      text: "{count, plural, one {आपने इन्हें इस्तेमाल किया था; वह रद्द हुआ।} other {आपने इन्हें # बार में इस्तेमाल किया था; वह रद्द हुआ।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
