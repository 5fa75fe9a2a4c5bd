import { StatusPill, type Tone } from "../../../../ui/status-pill.tsx";
import type { Mail } from "../../../../wire.ts";

export const MAIL_STATES: Record<Mail["state"], { word: string; tone: Tone }> = {
  queued: { word: "Waiting", tone: "info" },
  sending: { word: "On its way", tone: "info" },
  sent: { word: "Sent", tone: "ok" },
  delivered: { word: "Delivered", tone: "ok" },
  bounced: { word: "Bounced", tone: "bad" },
  complained: { word: "Marked as spam", tone: "bad" },
  suppressed: { word: "Not wanted", tone: "warn" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "plain" },
};

export function MailStatus({ state }: { state: Mail["state"] }) {
  const { word, tone } = MAIL_STATES[state];
  return <StatusPill tone={tone}>{word}</StatusPill>;
}
