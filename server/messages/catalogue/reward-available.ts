import { defineMessage } from "../message.ts";
import { MOVED_SAMPLE, MovedFacts, notice, noticeLetter } from "../notice.ts";

export const rewardAvailable = defineMessage({
  name: "reward_available",
  kind: "notice",
  topic: "available",
  title: "A reward has waited out its days",
  facts: MovedFacts,
  sample: MOVED_SAMPLE,
  words: {
    en: {
      title: "{amount} is available",
      text: "{count, plural, one {What you earned has waited out its days and is yours to use.} other {# rewards have waited out their days and are yours to use.}}",
      action: "See your earnings",
    },
    hi: {
      title: "{amount} उपलब्ध हैं",
      text: "{count, plural, one {आपकी कमाई की प्रतीक्षा पूरी हुई, अब यह आपके इस्तेमाल के लिए है।} other {# इनामों की प्रतीक्षा पूरी हुई, अब ये आपके इस्तेमाल के लिए हैं।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
