import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "react";
import { Icon, type IconName } from "./icon.tsx";

const PLACES = {
  right: "right-0 top-full mt-1",
  left: "left-0 top-full mt-1",
  /** Under a bar at the top, over a place at the foot of a side bar. */
  foot: "max-lg:right-0 max-lg:top-full max-lg:mt-1 lg:bottom-full lg:left-0 lg:mb-1",
};

const WIDE =
  "absolute right-0 top-full mt-1 w-[26rem] max-sm:fixed max-sm:inset-x-2 max-sm:top-14 max-sm:w-auto";

/** A disclosure of a few acts; Esc and a click elsewhere close it and give the focus back. */
export function Menu({
  label,
  icon,
  children,
  place = "right",
  isIconOnPhone = false,
  isIconOnly = false,
  isWide = false,
  badge = "",
}: {
  label: ComponentChildren;
  icon?: IconName;
  /** A function is told how to close it. */
  children: ComponentChildren | ((close: () => void) => ComponentChildren);
  place?: keyof typeof PLACES;
  /** On a phone only the icon is seen; the label is still heard. */
  isIconOnPhone?: boolean;
  /** The label is only heard, everywhere. */
  isIconOnly?: boolean;
  /** As wide as a list of sentences needs; on a phone, as wide as the screen. */
  isWide?: boolean;
  /** A short text at the icon; the label says the same. */
  badge?: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const away = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      button.current?.focus();
    };
    addEventListener("pointerdown", away);
    addEventListener("focusin", away);
    addEventListener("keydown", onEscape);
    return () => {
      removeEventListener("pointerdown", away);
      removeEventListener("focusin", away);
      removeEventListener("keydown", onEscape);
    };
  }, [isOpen]);
  return (
    <div ref={root} className="relative">
      <button
        ref={button}
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="relative inline-flex min-h-9 min-w-9 pointer-coarse:min-h-11 pointer-coarse:min-w-11 max-w-full items-center justify-center gap-2 rounded-control px-2.5 text-ink-2 hover:bg-sunken hover:text-ink"
      >
        {icon && <Icon name={icon} className={isIconOnly ? "size-5" : "size-4"} />}
        <span className={`truncate ${isIconOnly ? "sr-only" : isIconOnPhone ? "max-sm:sr-only" : ""}`}>
          {label}
        </span>
        {!isIconOnly && <Icon name="chevron" className="size-3 rotate-90" />}
        {badge !== "" && (
          <span
            aria-hidden="true"
            className="figures absolute -top-0.5 left-5 min-w-[1.125rem] rounded-chip bg-accent px-1 text-center text-xs leading-[1.125rem] font-semibold text-on-accent"
          >
            {badge}
          </span>
        )}
      </button>
      <div
        id={id}
        hidden={!isOpen}
        className={`z-30 rounded-surface bg-raised py-2 shadow-overlay ${isWide ? WIDE : `absolute w-64 ${PLACES[place]}`}`}
      >
        {isOpen && (typeof children === "function" ? children(() => setOpen(false)) : children)}
      </div>
    </div>
  );
}

export const menuItem =
  "flex w-full min-h-9 pointer-coarse:min-h-11 items-center gap-2 px-4 text-left text-ink hover:bg-sunken no-underline";
