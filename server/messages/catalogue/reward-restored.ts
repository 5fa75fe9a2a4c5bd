import { defineMessage } from "../message.ts";
import { MOVED_SAMPLE, MovedFacts, notice, noticeLetter } from "../notice.ts";

export const rewardRestored = defineMessage({
  name: "reward_restored",
  kind: "notice",
  topic: "corrections",
  title: "A chargeback is undone and gives back what it had taken",
  facts: MovedFacts,
  sample: MOVED_SAMPLE,
  words: {
    en: {
      title: "{amount} came back",
      text: "{count, plural, one {A refund was undone, and what it had taken from you is yours again.} other {Refunds were undone, and what they had taken is yours again: # rewards.}}",
      action: "See your earnings",
    },
    hi: {
      title: "{amount} लौट आए",
      text: "{count, plural, one {एक रिफ़ंड रद्द हुआ, और उसमें गई आपकी कमाई फिर आपकी है।} other {रिफ़ंड रद्द हुए, और उनमें गई कमाई फिर आपकी है: # इनाम।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
