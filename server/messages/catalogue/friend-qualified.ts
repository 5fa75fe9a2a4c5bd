import { defineMessage } from "../message.ts";
import { FRIEND_SAMPLE, FriendFacts, notice, noticeLetter } from "../notice.ts";

export const friendQualified = defineMessage({
  name: "friend_qualified",
  kind: "notice",
  topic: "progress",
  title: "A friend's referral qualifies",
  facts: FriendFacts,
  sample: FRIEND_SAMPLE,
  words: {
    en: {
      title: "{count, plural, one {{friend} qualified} other {# friends qualified, {friend} last}}",
      text: "{count, plural, one {What they did counts for your rewards.} other {What they did counts for your rewards.}}",
      action: "See your network",
    },
    hi: {
      title: "{count, plural, one {{friend} योग्य हुए} other {# मित्र योग्य हुए, सबसे नए {friend}}}",
      text: "{count, plural, one {उनका किया आपके इनामों में गिना जाता है।} other {उनका किया आपके इनामों में गिना जाता है।}}",
      action: "अपना नेटवर्क देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
