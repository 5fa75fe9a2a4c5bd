import { defineMessage } from "../message.ts";
import { EARNED_SAMPLE, EarnedFacts, notice, noticeLetter } from "../notice.ts";

export const milestoneReached = defineMessage({
  name: "milestone_reached",
  kind: "notice",
  topic: "milestones",
  title: "A milestone is reached and brings a bonus",
  facts: EarnedFacts,
  sample: EARNED_SAMPLE,
  words: {
    en: {
      title: "Milestone reached: {amount}",
      text: "{count, plural, one {Your friends took you there.} other {Your friends took you to # milestones.}} {state, select, available {It is yours to use now.} other {It is on its way to you.}}",
      action: "See your earnings",
    },
    hi: {
      title: "उपलब्धि हासिल: {amount}",
      text: "{count, plural, one {आपके मित्रों ने आपको यहाँ तक पहुँचाया।} other {आपके मित्रों ने आपको # उपलब्धियों तक पहुँचाया।}} {state, select, available {इसे अभी इस्तेमाल किया जा सकता है।} other {यह रास्ते में है।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
