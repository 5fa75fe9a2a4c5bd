import { StatusPill, type Tone } from "../../ui/status-pill.tsx";
import type { Invitation } from "../../wire.ts";

export const INVITATION_STATUSES: Record<Invitation["status"], { word: string; tone: Tone }> = {
  draft: { word: "Draft", tone: "plain" },
  scheduled: { word: "Scheduled", tone: "info" },
  queued: { word: "Sending", tone: "info" },
  sent: { word: "Sent", tone: "info" },
  delivered: { word: "Delivered", tone: "info" },
  clicked: { word: "Clicked", tone: "info" },
  joined: { word: "Joined", tone: "ok" },
  bounced: { word: "Bounced", tone: "bad" },
  expired: { word: "Expired", tone: "plain" },
  cancelled: { word: "Cancelled", tone: "plain" },
  suppressed: { word: "Blocked", tone: "plain" },
};
const ICONS = { sent: "check", delivered: "check", clicked: "external" } as const;

export function InvitationStatus({ status }: { status: Invitation["status"] }) {
  const { word, tone } = INVITATION_STATUSES[status];
  const icon = status === "sent" || status === "delivered" || status === "clicked" ? ICONS[status] : null;
  return (
    <StatusPill tone={tone} {...(icon ? { icon } : {})}>
      {word}
    </StatusPill>
  );
}
