import { defineMessage } from "../message.ts";
import { MOVED_SAMPLE, MovedFacts, notice, noticeLetter } from "../notice.ts";

export const rewardExpired = defineMessage({
  name: "reward_expired",
  kind: "notice",
  topic: "expiry",
  title: "Something was not used in time",
  facts: MovedFacts,
  sample: MOVED_SAMPLE,
  words: {
    en: {
      title: "{amount} has expired",
      text: "{count, plural, one {It was not used in time and went back to the program.} other {# rewards were not used in time and went back to the program.}}",
      action: "See your earnings",
    },
    hi: {
      title: "{amount} की अवधि समाप्त हो गई",
      text: "{count, plural, one {इसे समय पर इस्तेमाल नहीं किया गया और यह कार्यक्रम के पास लौट गया।} other {# इनाम समय पर इस्तेमाल नहीं हुए और कार्यक्रम के पास लौट गए।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
