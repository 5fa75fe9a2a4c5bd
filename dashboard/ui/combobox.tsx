import { useId, useRef, useState } from "react";

export type Option = { value: string; label: string; note?: string };
type Props = {
  label: string;
  hint?: string;
  error?: string | undefined;
  text: string;
  options: Option[];
  isLoading: boolean;
  onText: (text: string) => void;
  onPick: (option: Option) => void;
};

/** The listbox combobox of the ARIA practices: arrows move, Enter picks, Esc closes. */
export function Combobox({ label, hint, error, text, options, isLoading, onText, onPick }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const pick = (option: Option | undefined) => {
    if (!option) return;
    onPick(option);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((at) => (options.length === 0 ? 0 : (at + step + options.length) % options.length));
    } else if (event.key === "Enter" && isOpen && options.length > 0) {
      event.preventDefault();
      pick(options[active]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      setOpen(false);
    }
  };
  return (
    <div className="relative">
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <input
        ref={input}
        id={id}
        role="combobox"
        autocomplete="off"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && options[active] ? `${id}-${active}` : undefined}
        aria-autocomplete="list"
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        value={text}
        onInput={(event) => {
          onText(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className="w-full rounded-control border border-line-strong bg-surface px-3 text-ink min-h-10 pointer-coarse:min-h-11 pointer-coarse:text-md aria-invalid:border-bad"
      />
      <ul
        id={`${id}-list`}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a list of options is a list.
        role="listbox"
        aria-label={label}
        hidden={!isOpen || (options.length === 0 && (isLoading || text === ""))}
        className="absolute z-10 mt-1 max-h-64 w-full overflow-y-auto rounded-control bg-raised py-1 shadow-overlay"
      >
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus.
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input.
          <li
            key={option.value}
            id={`${id}-${index}`}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a list of options is a list.
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(option)}
            className="flex min-h-9 pointer-coarse:min-h-11 cursor-pointer items-center justify-between gap-4 px-3 aria-selected:bg-accent-tint hover:bg-sunken"
          >
            <span className="truncate">{option.label}</span>
            {option.note && <span className="truncate text-sm text-ink-2">{option.note}</span>}
          </li>
        ))}
        {options.length === 0 && <li className="px-3 py-2 text-ink-2">No match for “{text}”.</li>}
      </ul>
      {(error || hint) && (
        <p id={`${id}-note`} className={`mt-1.5 text-sm ${error ? "text-bad" : "text-ink-2"}`}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
