import { useId, useRef, useState } from "react";
import { Icon } from "../../ui/icon.tsx";
import type { InvitedPerson } from "../../wire.ts";

type Props = {
  people: InvitedPerson[];
  isReading: boolean;
  error?: string | undefined;
  /** Reads what was typed or pasted, and answers when it became chips. */
  onAdd: (text: string) => Promise<void>;
  onRemove: (index: number) => void;
};

/** People as chips: pasted many at a time, typed one by one, taken up again to be corrected. */
export function PeopleChips({ people, isReading, error, onAdd, onRemove }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const add = async (added: string) => {
    if (added.trim() === "") return;
    setText("");
    await onAdd(added);
  };
  const takeUp = (index: number) => {
    const person = people[index];
    if (!person) return;
    onRemove(index);
    setText(person.name && person.email ? `${person.name} <${person.email}>` : person.email || person.name);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === "," || event.key === ";") {
      // "Rao, Meera" is one name.
      if (event.key !== "Enter" && !text.includes("@")) return;
      event.preventDefault();
      void add(text);
    } else if (event.key === "Backspace" && text === "" && people.length > 0) {
      event.preventDefault();
      takeUp(people.length - 1);
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData?.getData("text") ?? "";
    if (!/[\n,;\t@]/.test(pasted)) return;
    event.preventDefault();
    void add(`${text} ${pasted}`.trim());
  };
  const notes = [`${id}-hint`, ...(error ? [`${id}-error`] : [])].join(" ");
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        Friends
      </label>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the chips means the field, which has the keys. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above. */}
      <div
        onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
        className={`flex min-h-20 flex-wrap content-start items-start gap-1.5 rounded-control border bg-surface p-2 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus ${error ? "border-bad" : "border-line-strong"}`}
      >
        {people.length > 0 && (
          <ul aria-label="People to invite" className="contents">
            {people.map((person, index) => (
              <Chip
                key={`${person.email} ${person.name} ${index}`}
                person={person}
                onTakeUp={() => takeUp(index)}
                onRemove={() => {
                  onRemove(index);
                  input.current?.focus();
                }}
              />
            ))}
          </ul>
        )}
        <input
          ref={input}
          id={id}
          value={text}
          autocomplete="off"
          inputMode="email"
          aria-describedby={notes}
          aria-invalid={error ? true : undefined}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => void add(text)}
          className="min-h-8 min-w-40 flex-1 bg-transparent px-1 text-ink outline-none pointer-coarse:min-h-9 pointer-coarse:text-md"
        />
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-bad">
          {error}
        </p>
      )}
      <p id={`${id}-hint`} className="mt-1.5 text-sm text-ink-2">
        {isReading
          ? "Reading…"
          : "Paste as many as you like, with or without names. Enter adds what you typed."}
      </p>
    </div>
  );
}

type ChipProps = { person: InvitedPerson; onTakeUp: () => void; onRemove: () => void };

function Chip({ person: { email, name, problem }, onTakeUp, onRemove }: ChipProps) {
  const shown = name || email;
  return (
    <li
      className={`inline-flex max-w-full items-center border text-sm ${problem ? "rounded-surface border-bad bg-bad-tint text-bad" : "rounded-chip border-line-strong bg-sunken text-ink"}`}
    >
      <button
        type="button"
        onClick={onTakeUp}
        title={name && email ? email : undefined}
        className="min-h-7 min-w-0 truncate py-0.5 pl-2.5 text-left pointer-coarse:min-h-9"
      >
        <span className="sr-only">Correct </span>
        {shown}
        {problem && <span className="block whitespace-normal text-xs">{problem.message}</span>}
      </button>
      <button
        type="button"
        onClick={onRemove}
        className="grid size-7 shrink-0 place-items-center pointer-coarse:size-9"
      >
        <Icon name="cross" className="size-3" />
        <span className="sr-only">Remove {shown}</span>
      </button>
    </li>
  );
}
