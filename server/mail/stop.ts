import type { MessageKind } from "../messages/message-kind.ts";
import type { SuppressionScope } from "./suppression.ts";

/** What a person may choose on the page behind "stop these e-mails"; `none` takes it back. */
export type StopChoice = "inviter" | "invitations" | "message" | "optional" | "none";

/** What the page knows about the mail it is about. */
export type StopFacts = {
  program: string;
  kind: MessageKind;
  /** Who invited, by name where the mail said it. */
  inviter: string | null;
  hasInviter: boolean;
  /** What kind of mail it is, in words. */
  title: string;
};

/** What may be chosen about a mail, the nearest first. */
export function choicesOf({ kind, hasInviter }: StopFacts): StopChoice[] {
  if (kind === "invitation") return [...(hasInviter ? (["inviter"] as const) : []), "invitations"];
  return kind === "notice" ? ["message", "optional"] : [];
}

/** What one click in a mailbox means: no more of what this mail is. */
export function oneClickChoice({ kind }: Pick<StopFacts, "kind">): StopChoice {
  return kind === "invitation" ? "invitations" : "message";
}

/** A choice as what is kept. */
export function stopScope(
  choice: Exclude<StopChoice, "none">,
  mail: { inviterId: string | null; message: string },
): { scope: SuppressionScope; inviterId: string | null; message: string | null } {
  return {
    scope: choice,
    inviterId: choice === "inviter" ? mail.inviterId : null,
    message: choice === "message" ? mail.message : null,
  };
}
