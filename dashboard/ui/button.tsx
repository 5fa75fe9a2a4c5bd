import type { AllHTMLAttributes, ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "bg-surface text-ink border border-line-strong hover:bg-sunken",
  quiet: "text-ink-2 hover:text-ink hover:bg-sunken",
  danger: "border border-bad text-bad bg-surface hover:bg-bad-tint",
};
const SHAPE =
  "inline-flex items-center justify-center gap-2 rounded-control px-3.5 font-medium whitespace-nowrap " +
  "min-h-9 pointer-coarse:min-h-11 transition-colors no-underline " +
  "aria-disabled:opacity-60 aria-disabled:cursor-default";

type Look = keyof typeof LOOKS;
type Act = Pick<
  AllHTMLAttributes<HTMLButtonElement>,
  "type" | "onClick" | "disabled" | "aria-expanded" | "aria-controls" | "aria-label" | "aria-pressed"
>;
type Shared = { look?: Look; icon?: IconName; className?: string; children: ComponentChildren };

export function Button({
  look = "secondary",
  icon,
  className = "",
  busy = false,
  children,
  onClick,
  ...rest
}: Shared & { busy?: boolean } & Act) {
  // A busy button keeps its focus and its name; it only stops acting.
  return (
    <button
      {...rest}
      type={rest.type === "submit" ? "submit" : "button"}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={`${SHAPE} ${LOOKS[look]} ${className}`}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** An anchor that looks like a button; for files and other places, not for acts. */
export function ButtonLink({
  look = "secondary",
  icon,
  className = "",
  children,
  href,
  download,
  isOutside = false,
  onClick,
}: Shared & {
  href: string;
  download?: string | undefined;
  /** Leads to another site: ours stays open beside it. */
  isOutside?: boolean;
  onClick?: (event: MouseEvent) => void;
}) {
  const outside = isOutside ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return (
    <a
      href={href}
      download={download}
      onClick={onClick}
      className={`${SHAPE} ${LOOKS[look]} ${className}`}
      {...outside}
    >
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}
