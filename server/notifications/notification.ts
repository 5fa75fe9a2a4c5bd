import type { Pace, TopicName } from "../messages/topic.ts";
import type { Id } from "../primitives/id.ts";
import type { NoticeFacts } from "./occasion.ts";

export type NotificationId = Id<"ntf">;

/** Something a participant was told, or is to be told by mail. */
export type Notification = {
  id: NotificationId;
  participantId: string;
  message: string;
  topic: TopicName;
  facts: NoticeFacts;
  happened: number;
  /** A sum has no bound of its own. */
  amountMinor: string | null;
  currency: string | null;
  createdAt: Date;
  changedAt: Date;
  readAt: Date | null;
  pace: Pace;
  mailAt: Date | null;
};

export type InboxFilter = {
  participantId: string;
  isUnread: boolean;
  topics: readonly string[] | null;
  after: string | null;
  before: string | null;
  limit: number;
};
