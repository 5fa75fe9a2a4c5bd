import { defineMessage } from "../message.ts";
import { FRIEND_SAMPLE, FriendFacts, notice, noticeLetter } from "../notice.ts";

export const friendWaiting = defineMessage({
  name: "friend_waiting",
  kind: "notice",
  topic: "friends",
  title: "Somebody waits for a place with their advocate",
  facts: FriendFacts,
  sample: FRIEND_SAMPLE,
  words: {
    en: {
      title:
        "{count, plural, one {{friend} waits for a place} other {# friends wait for a place, {friend} last}}",
      text: "{count, plural, one {You have no room for another direct friend right now. As soon as you do, the place is theirs.} other {You have no room for more direct friends right now. As soon as you do, the places are theirs.}}",
      action: "See your network",
    },
    hi: {
      title:
        "{count, plural, one {{friend} जगह की प्रतीक्षा में हैं} other {# मित्र जगह की प्रतीक्षा में हैं, सबसे नए {friend}}}",
      text: "{count, plural, one {अभी आपके पास एक और सीधे मित्र की जगह नहीं है। होते ही जगह उनकी होगी।} other {अभी आपके पास और सीधे मित्रों की जगह नहीं है। होते ही जगहें उनकी होंगी।}}",
      action: "अपना नेटवर्क देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
