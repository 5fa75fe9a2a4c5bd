import { defineMessage } from "../message.ts";
import { FRIEND_SAMPLE, FriendFacts, notice, noticeLetter } from "../notice.ts";

export const friendOneStepAway = defineMessage({
  name: "friend_one_step_away",
  kind: "notice",
  topic: "progress",
  title: "A friend joined some days ago and has not ordered yet",
  facts: FriendFacts,
  sample: FRIEND_SAMPLE,
  words: {
    en: {
      title:
        "{count, plural, one {{friend} is one step away} other {# friends are one step away, {friend} among them}}",
      text: "{count, plural, one {They joined some days ago. Next: their first order. A word from you may help.} other {They joined some days ago. Next: their first orders. A word from you may help.}}",
      action: "See your network",
    },
    hi: {
      title: "{count, plural, one {{friend} एक क़दम दूर हैं} other {# मित्र एक क़दम दूर हैं, जिनमें {friend} भी}}",
      text: "{count, plural, one {वे कुछ दिन पहले जुड़े। अगला क़दम: उनका पहला ऑर्डर। आपका एक शब्द मदद कर सकता है।} other {वे कुछ दिन पहले जुड़े। अगला क़दम: उनके पहले ऑर्डर। आपका एक शब्द मदद कर सकता है।}}",
      action: "अपना नेटवर्क देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
