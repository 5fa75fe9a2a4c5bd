import { StatusPill, type Tone } from "../ui/status-pill.tsx";
import type { Reward } from "../wire.ts";
import { formatDay } from "./time.ts";

const REWARD: Record<string, { word: string; tone: Tone }> = {
  pending: { word: "On its way", tone: "info" },
  held: { word: "On hold", tone: "warn" },
  available: { word: "Available", tone: "ok" },
  paid: { word: "Paid", tone: "ok" },
  cancelled: { word: "Cancelled", tone: "plain" },
  reversed: { word: "Reversed", tone: "plain" },
  expired: { word: "Expired", tone: "plain" },
};
const REFERRAL: Record<string, { word: string; tone: Tone }> = {
  waitlisted: { word: "Waiting", tone: "warn" },
  joined: { word: "Joined", tone: "info" },
  qualified: { word: "Qualified", tone: "ok" },
  rewarded: { word: "Rewarded", tone: "ok" },
  not_eligible: { word: "Not eligible", tone: "plain" },
  rejected: { word: "Not eligible", tone: "plain" },
};
const PARTICIPANT: Record<string, { word: string; tone: Tone }> = {
  active: { word: "Active", tone: "ok" },
  suspended: { word: "Suspended", tone: "warn" },
  pending: { word: "Waiting", tone: "info" },
};

export function RewardStatus({ reward }: { reward: Reward }) {
  const { word, tone } = REWARD[reward.status] ?? {
    word: reward.display_status ?? reward.status,
    tone: "plain",
  };
  return (
    <StatusPill tone={tone} {...(reward.status === "reversed" ? { icon: "undo" as const } : {})}>
      {word}
    </StatusPill>
  );
}

export function ReferralStatus({ status }: { status: string }) {
  const { word, tone } = REFERRAL[status] ?? { word: sentenceCase(status), tone: "plain" as const };
  return <StatusPill tone={tone}>{word}</StatusPill>;
}

export function ParticipantStatus({ status }: { status: string }) {
  const { word, tone } = PARTICIPANT[status] ?? { word: sentenceCase(status), tone: "plain" as const };
  return <StatusPill tone={tone}>{word}</StatusPill>;
}

/** Why a reward is where it is, and until when. */
export function rewardNote(reward: Reward): string {
  const reason = reward.reasons[0]?.message;
  if (reason) return reason;
  if (reward.status === "pending" && reward.available_at)
    return `Available on ${formatDay(reward.available_at)}`;
  return "";
}

export function sentenceCase(code: string): string {
  const words = code.replaceAll(/[_.]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
