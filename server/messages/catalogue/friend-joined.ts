import { defineMessage } from "../message.ts";
import { FRIEND_SAMPLE, FriendFacts, notice, noticeLetter } from "../notice.ts";

export const friendJoined = defineMessage({
  name: "friend_joined",
  kind: "notice",
  topic: "friends",
  title: "Somebody joins with a link",
  facts: FriendFacts,
  sample: FRIEND_SAMPLE,
  words: {
    en: {
      title: "{count, plural, one {{friend} joined} other {# friends joined, {friend} last}}",
      text: "{count, plural, one {They came with your link. Next: their first order.} other {They came with your link. Next: their first orders.}}",
      action: "See your network",
    },
    hi: {
      title: "{count, plural, one {{friend} जुड़ गए} other {# मित्र जुड़े, सबसे नए {friend}}}",
      text: "{count, plural, one {वे आपके लिंक से आए। अगला क़दम: उनका पहला ऑर्डर।} other {वे आपके लिंक से आए। अगला क़दम: उनके पहले ऑर्डर।}}",
      action: "अपना नेटवर्क देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
