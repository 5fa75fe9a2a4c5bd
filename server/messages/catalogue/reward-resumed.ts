import { defineMessage } from "../message.ts";
import { MOVED_SAMPLE, MovedFacts, notice, noticeLetter } from "../notice.ts";

export const rewardResumed = defineMessage({
  name: "reward_resumed",
  kind: "notice",
  topic: "corrections",
  title: "A held reward goes on its way",
  facts: MovedFacts,
  sample: MOVED_SAMPLE,
  words: {
    en: {
      title: "{amount} is on its way again",
      text: "{count, plural, one {It was on hold while you were not active.} other {These # rewards were on hold while you were not active.}}",
      action: "See your earnings",
    },
    hi: {
      title: "{amount} फिर रास्ते में हैं",
      text: "{count, plural, one {आपके सक्रिय न होने से यह रुका था।} other {आपके सक्रिय न होने से ये # इनाम रुके थे।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
