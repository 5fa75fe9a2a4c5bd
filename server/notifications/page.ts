import type { TopicName } from "../messages/topic.ts";
import type { NoticeFacts } from "./occasion.ts";

const PAGES: Readonly<Record<TopicName, string>> = {
  earnings: "/earnings",
  network_earnings: "/earnings",
  available: "/earnings",
  rewards: "/earnings",
  corrections: "/earnings",
  milestones: "/earnings",
  expiry: "/earnings",
  statements: "/earnings",
  friends: "/network",
  progress: "/network",
  invitations: "/invite",
  links: "/invite",
  promotions: "/home",
  account: "/home",
};

/** The page of the portal a notice is about; one reward opens its calculation. */
export function pageOf(publicUrl: string, topic: TopicName, facts: NoticeFacts, happened: number): string {
  const { subject_id: subject } = facts;
  const isReward = happened === 1 && typeof subject === "string" && subject.startsWith("rwd_");
  return `${publicUrl}/app${PAGES[topic]}${isReward ? `?reward=${subject}` : ""}`;
}

export function inboxPage(publicUrl: string): string {
  return `${publicUrl}/app/inbox`;
}
