import { defineMessage } from "../message.ts";
import { MOVED_SAMPLE, MovedFacts, notice, noticeLetter } from "../notice.ts";

export const rewardOnHold = defineMessage({
  name: "reward_on_hold",
  kind: "notice",
  topic: "corrections",
  title: "A reward is held because somebody is not active",
  facts: MovedFacts,
  sample: MOVED_SAMPLE,
  words: {
    en: {
      title: "{amount} is on hold",
      text: "{count, plural, one {You were not active when it was earned. It goes on its way as soon as you are again.} other {You were not active when these # rewards were earned. They go on their way as soon as you are again.}}",
      action: "Open your page",
    },
    hi: {
      title: "{amount} रोककर रखे गए हैं",
      text: "{count, plural, one {जब यह कमाया गया तब आप सक्रिय नहीं थे। फिर सक्रिय होते ही यह आगे बढ़ेगा।} other {जब ये # इनाम कमाए गए तब आप सक्रिय नहीं थे। फिर सक्रिय होते ही ये आगे बढ़ेंगे।}}",
      action: "अपना पेज खोलें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
