import { defineMessage } from "../message.ts";
import { MOVED_SAMPLE, MovedFacts, notice, noticeLetter } from "../notice.ts";

export const rewardReversed = defineMessage({
  name: "reward_reversed",
  kind: "notice",
  topic: "corrections",
  title: "A refund takes back what was earned on a purchase",
  facts: MovedFacts,
  sample: MOVED_SAMPLE,
  words: {
    en: {
      title: "{amount} was taken back",
      text: "{count, plural, one {A purchase was refunded, and what you earned on that part went back with it.} other {Purchases were refunded, and what you earned on them went back: # rewards.}}",
      action: "See the calculation",
    },
    hi: {
      title: "{amount} वापस लिए गए",
      text: "{count, plural, one {एक ख़रीदारी का रिफ़ंड हुआ, और उस हिस्से की आपकी कमाई भी वापस चली गई।} other {ख़रीदारियों के रिफ़ंड हुए, और उन पर आपकी कमाई वापस चली गई: # इनाम।}}",
      action: "हिसाब देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
