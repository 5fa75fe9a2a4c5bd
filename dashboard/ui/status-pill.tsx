import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

const TONES = {
  ok: "bg-ok-tint text-ok",
  warn: "bg-warn-tint text-warn",
  bad: "bg-bad-tint text-bad",
  info: "bg-info-tint text-info",
  plain: "bg-sunken text-ink-2",
};
const ICONS: Record<keyof typeof TONES, IconName> = {
  ok: "check",
  warn: "pause",
  bad: "cross",
  info: "clock",
  plain: "minus",
};

export type Tone = keyof typeof TONES;

/** A state as a sign and a word, so that colour is never the only difference. */
export function StatusPill({
  tone,
  icon,
  children,
}: {
  tone: Tone;
  icon?: IconName;
  children: ComponentChildren;
}) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-chip py-0.5 pl-1.5 pr-2 text-xs font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      <Icon name={icon ?? ICONS[tone]} className="size-3" />
      {children}
    </span>
  );
}
