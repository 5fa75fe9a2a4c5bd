import { modelNamed } from "./models/index.ts";

const LOSSES: Readonly<Record<string, string>> = {
  unknown_code: "Nobody in this program has this code.",
  unknown_click: "No click with this id is known.",
  unknown_invitation: "No invitation with this token is known.",
  expired_invitation: "The invitation was cancelled, had expired, or was used before.",
  outside_window: "It was too long ago to count.",
  expired_link: "The link was no longer active.",
  link_used_up: "The link had been used as often as it may.",
  own_link: "It was the person's own link.",
  advocate_not_active: "Whose link it was took no part at that time.",
  later_touch_won: "A later touch counts.",
  earlier_touch_won: "An earlier touch counts.",
  code_won: "A code counts before it.",
};

/** Why one touch won or lost, to whoever asks. */
export function touchSentence(
  { outcome, reason }: { outcome: "won" | "lost"; reason: string | null },
  model: string | null,
): string {
  if (outcome === "won") return model === null ? "It decided." : modelNamed(model).sentence;
  return LOSSES[reason ?? ""] ?? "Nothing it came by could count.";
}
