import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "react";
import { Icon, type IconName } from "./icon.tsx";

const PLACES = {
  right: "right-0 top-full mt-1",
  left: "left-0 top-full mt-1",
  /** Under a bar at the top, over a place at the foot of a side bar. */
  foot: "max-lg:right-0 max-lg:top-full max-lg:mt-1 lg:bottom-full lg:left-0 lg:mb-1",
};

/** A disclosure of a few acts; Esc and a click elsewhere close it and give the focus back. */
export function Menu({
  label,
  icon,
  children,
  place = "right",
  isIconOnPhone = false,
}: {
  label: ComponentChildren;
  icon?: IconName;
  children: ComponentChildren;
  place?: keyof typeof PLACES;
  /** On a phone only the icon is seen; the label is still heard. */
  isIconOnPhone?: boolean;
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
        className="inline-flex min-h-9 pointer-coarse:min-h-11 max-w-full items-center gap-2 rounded-control px-2.5 text-ink-2 hover:bg-sunken hover:text-ink"
      >
        {icon && <Icon name={icon} />}
        <span className={`truncate ${isIconOnPhone ? "max-sm:sr-only" : ""}`}>{label}</span>
        <Icon name="chevron" className="size-3 rotate-90" />
      </button>
      <div
        id={id}
        hidden={!isOpen}
        className={`absolute z-30 w-64 rounded-surface bg-raised py-2 shadow-overlay ${PLACES[place]}`}
      >
        {isOpen && children}
      </div>
    </div>
  );
}

export const menuItem =
  "flex w-full min-h-9 pointer-coarse:min-h-11 items-center gap-2 px-4 text-left text-ink hover:bg-sunken no-underline";
