import type { Language } from "./language.ts";

/** How soon somebody is mailed what happened: at once, or gathered with the rest of the day or of the week. */
export type Pace = "immediate" | "daily" | "weekly" | "off";

/** What somebody chooses by: messages that are alike to the one who gets them. */
export type TopicName =
  | "earnings"
  | "network_earnings"
  | "available"
  | "rewards"
  | "corrections"
  | "milestones"
  | "friends"
  | "progress"
  | "invitations"
  | "links"
  | "promotions"
  | "expiry"
  | "statements"
  | "account";

export type Topic = {
  name: TopicName;
  /** How soon it is mailed to those who have not chosen. */
  pace: Pace;
  words: Record<Language, { title: string; text: string }>;
};

const topic = (
  name: TopicName,
  pace: Pace,
  en: readonly [title: string, text: string],
  hi: readonly [title: string, text: string],
): Topic => ({
  name,
  pace,
  words: { en: { title: en[0], text: en[1] }, hi: { title: hi[0], text: hi[1] } },
});

/** In the order in which people choose. */
export const TOPICS: readonly Topic[] = [
  topic(
    "earnings",
    "weekly",
    ["Earnings from friends", "When a purchase of a friend you brought earns you something."],
    ["मित्रों से कमाई", "जब आपके लाए मित्र की ख़रीदारी से आपको कुछ मिले।"],
  ),
  topic(
    "network_earnings",
    "weekly",
    ["Earnings from your network", "When a purchase further down your network earns you something."],
    ["नेटवर्क से कमाई", "जब आपके नेटवर्क में आगे किसी की ख़रीदारी से आपको कुछ मिले।"],
  ),
  topic(
    "available",
    "immediate",
    ["Rewards become available", "When what was on its way is yours to use."],
    ["इनाम उपलब्ध", "जब रास्ते में रहा इनाम इस्तेमाल के लिए आपका हो जाए।"],
  ),
  topic(
    "rewards",
    "immediate",
    ["Credit, points and coupons", "When you get them or use them."],
    ["क्रेडिट, पॉइंट और कूपन", "जब वे आपको मिलें या आप उन्हें इस्तेमाल करें।"],
  ),
  topic(
    "corrections",
    "immediate",
    ["Refunds and corrections", "When something you earned is taken back, or comes back."],
    ["रिफ़ंड और सुधार", "जब आपकी कमाई का कुछ हिस्सा वापस लिया जाए या लौट आए।"],
  ),
  topic(
    "milestones",
    "immediate",
    ["Milestones", "When you reach a number that brings a bonus."],
    ["उपलब्धियाँ", "जब आप बोनस दिलाने वाली संख्या तक पहुँचें।"],
  ),
  topic(
    "friends",
    "weekly",
    ["Friends join", "When somebody joins with your link, or waits for a place."],
    ["मित्र जुड़े", "जब कोई आपके लिंक से जुड़े या जगह की प्रतीक्षा करे।"],
  ),
  topic(
    "progress",
    "weekly",
    ["Friends move on", "When a friend qualifies, is one step away, or does not count."],
    ["मित्रों की प्रगति", "जब कोई मित्र योग्य हो, एक क़दम दूर हो, या गिना न जाए।"],
  ),
  topic(
    "invitations",
    "weekly",
    ["Invitations", "What became of invitations you sent, and of claims."],
    ["निमंत्रण", "आपके भेजे निमंत्रणों और दावों का क्या हुआ।"],
  ),
  topic(
    "links",
    "immediate",
    ["Links", "When a link of yours is about to expire."],
    ["लिंक", "जब आपके किसी लिंक की अवधि समाप्त होने वाली हो।"],
  ),
  topic(
    "promotions",
    "immediate",
    ["Promotions", "When a promotion begins, and on its last day."],
    ["ऑफ़र", "जब कोई ऑफ़र शुरू हो, और उसके आख़िरी दिन।"],
  ),
  topic(
    "expiry",
    "immediate",
    ["Expiry", "Before something of yours expires, and when it has."],
    ["समाप्ति", "आपकी किसी चीज़ की अवधि समाप्त होने से पहले और बाद में।"],
  ),
  topic(
    "statements",
    "immediate",
    ["Statements", "When the statement of a month is ready."],
    ["विवरण", "जब किसी महीने का विवरण तैयार हो।"],
  ),
  topic(
    "account",
    "immediate",
    ["Your place and the rules", "When you join, your place changes, or the rules do."],
    ["आपकी जगह और नियम", "जब आप जुड़ें, आपकी जगह बदले, या नियम बदलें।"],
  ),
];
