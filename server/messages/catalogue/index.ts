import type { AnyMessage } from "../message.ts";
import { verifyEmail } from "./email-verification.ts";
import { invitation } from "./invitation.ts";
import { invitationReminder } from "./invitation-reminder.ts";
import { signInLink } from "./link-to-sign-in.ts";
import { shareText } from "./share-text.ts";

/** The shelf: everything the product says to a person. */
export const messages: readonly AnyMessage[] = [
  invitation,
  invitationReminder,
  verifyEmail,
  signInLink,
  shareText,
];

const byName = new Map(messages.map((message) => [message.name, message]));

export function findMessage(name: string): AnyMessage | undefined {
  return byName.get(name);
}
