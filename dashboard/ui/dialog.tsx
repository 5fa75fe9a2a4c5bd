import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "react";
import { Icon } from "./icon.tsx";

const PLACES = {
  middle:
    "rise m-auto w-[min(100vw-2rem,32rem)] max-h-[calc(100dvh-2rem)] rounded-surface max-sm:mb-0 max-sm:w-full " +
    "max-sm:max-w-full max-sm:rounded-b-none",
  side: "sheet ml-auto mr-0 my-0 h-dvh max-h-dvh w-[min(100vw,30rem)] max-w-full max-sm:w-full sm:border-l border-line",
};

const FIELD = "input, select, textarea";

type Props = {
  title: string;
  place?: keyof typeof PLACES;
  onClose: () => void;
  children: ComponentChildren;
};

/** The browser's own dialog: it keeps the focus inside, gives it back, and closes on Esc. */
export function Dialog({ title, place = "middle", onClose, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Taken off the screen by whoever put it there, it has nothing to tell: what replaced it would be closed with it.
  const isGone = useRef(false);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // Who came to fill in starts in the first field. On a touch screen the keyboard would cover what it is about.
    if (matchMedia("(pointer: fine)").matches) dialog?.querySelector<HTMLElement>(FIELD)?.focus();
    return () => {
      isGone.current = true;
      dialog?.close();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it natively; the click is on the backdrop.
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={() => !isGone.current && onClose()}
      onClick={(event) => event.target === event.currentTarget && ref.current?.close()}
      className={`${PLACES[place]} overflow-hidden bg-raised p-0 text-ink shadow-overlay`}
    >
      <div className="flex h-full max-h-[inherit] flex-col">
        <header className="flex items-center justify-between gap-4 border-b border-line px-5 py-3">
          <h2 id={id} className="text-lg font-semibold text-balance">
            {title}
          </h2>
          <button
            type="button"
            onClick={() => ref.current?.close()}
            className="-mr-2 grid size-9 pointer-coarse:size-11 place-items-center rounded-control text-ink-2 hover:bg-sunken hover:text-ink"
          >
            <Icon name="cross" />
            <span className="sr-only">Close</span>
          </button>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-5">{children}</div>
      </div>
    </dialog>
  );
}
