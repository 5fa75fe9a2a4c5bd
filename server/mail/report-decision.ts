import type { DeliveryReport } from "./delivery-report.ts";
import type { MailState } from "./mail.ts";
import { attemptAfterBounce } from "./retry.ts";
import type { SuppressionReason, SuppressionScope } from "./suppression.ts";

/** What follows from a report about a mail in this state. */
export type ReportDecision =
  | { kind: "nothing" }
  | { kind: "again"; nextAttemptAt: Date }
  | {
      kind: "ends";
      state: MailState;
      suppress: { scope: SuppressionScope; reason: SuppressionReason } | null;
    };

export type ReportedMail = { state: MailState; softBounces: number };

const DELIVERABLE: ReadonlySet<MailState> = new Set(["sent"]);
const RETURNABLE: ReadonlySet<MailState> = new Set(["sending", "sent", "delivered"]);

/** Reports come late, twice and in any order: what is known for worse stays. */
export function decideReport(
  mail: ReportedMail,
  { kind, isPermanent }: Pick<DeliveryReport, "kind" | "isPermanent">,
  now: Date,
  chance: number,
): ReportDecision {
  switch (kind) {
    case "delivered":
      return DELIVERABLE.has(mail.state)
        ? { kind: "ends", state: "delivered", suppress: null }
        : { kind: "nothing" };
    case "complained":
      return RETURNABLE.has(mail.state) || mail.state === "bounced"
        ? { kind: "ends", state: "complained", suppress: { scope: "optional", reason: "complained" } }
        : { kind: "nothing" };
    case "bounced": {
      if (!RETURNABLE.has(mail.state)) return { kind: "nothing" };
      const suppress = { scope: "all", reason: "bounced" } as const;
      if (isPermanent) return { kind: "ends", state: "bounced", suppress };
      const nextAttemptAt = attemptAfterBounce(mail.softBounces + 1, now, chance);
      return nextAttemptAt === null
        ? { kind: "ends", state: "bounced", suppress }
        : { kind: "again", nextAttemptAt };
    }
  }
}
