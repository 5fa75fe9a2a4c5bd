import type { MessageKind } from "../messages/message-kind.ts";
import type { Id } from "../primitives/id.ts";
import type { MailId } from "./mail.ts";

export type SuppressionId = Id<"sup">;

/**
 * What is not sent any more: everything; everything that was not asked for just now; invitations; the invitations of
 * one person; one message.
 */
export type SuppressionScope = "all" | "optional" | "invitations" | "inviter" | "message";
export type SuppressionReason = "bounced" | "complained" | "unsubscribed" | "manual";

export type Suppression = {
  id: SuppressionId;
  recipientHash: string;
  scope: SuppressionScope;
  inviterId: string | null;
  message: string | null;
  reason: SuppressionReason;
  mailId: MailId | null;
  createdAt: Date;
};

/** What decides whether a mail may go out. */
export type Addressed = { message: string; kind: MessageKind; inviterId: string | null };

export function suppresses(
  { scope, inviterId, message }: Pick<Suppression, "scope" | "inviterId" | "message">,
  mail: Addressed,
): boolean {
  switch (scope) {
    case "all":
      return true;
    case "optional":
      return mail.kind !== "transactional";
    case "invitations":
      return mail.kind === "invitation";
    case "inviter":
      return mail.kind === "invitation" && mail.inviterId === inviterId;
    case "message":
      return mail.message === message;
  }
}
