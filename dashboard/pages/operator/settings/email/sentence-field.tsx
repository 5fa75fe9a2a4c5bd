import { useId, useRef } from "react";
import { sentenceCase } from "../../../../parts/status.tsx";
import type { Message } from "../../../../wire.ts";

const ROW_CHARS = 60;
const ROWS_MAX = 6;

type Props = {
  name: string;
  ours: string;
  text: string;
  facts: Message["facts"];
  onText: (text: string) => void;
  error: string | undefined;
};

/** One sentence of a message; what may stand in it is a button that puts it where the cursor is. */
export function SentenceField({ name, ours, text, facts, onText, error }: Props) {
  const id = useId();
  const ref = useRef<HTMLTextAreaElement>(null);
  const isOwn = text !== ours;
  const insert = (fact: string) => {
    const field = ref.current;
    const at = field?.selectionStart ?? text.length;
    const end = field?.selectionEnd ?? at;
    onText(`${text.slice(0, at)}{${fact}}${text.slice(end)}`);
    field?.focus();
  };
  return (
    <div className="group">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {sentenceCase(name)}
        </label>
        {isOwn && <span className="text-sm text-ink-2">Your words</span>}
      </div>
      <textarea
        ref={ref}
        id={id}
        value={text}
        rows={Math.min(ROWS_MAX, Math.ceil(text.length / ROW_CHARS) || 1)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        maxLength={1_000}
        onInput={(event) => onText(event.currentTarget.value)}
        className="w-full rounded-control border border-line-strong bg-surface px-3 py-2 text-ink pointer-coarse:text-md aria-invalid:border-bad"
      />
      {error && (
        <p id={`${id}-error`} className="mt-1 text-sm text-bad">
          {error}
        </p>
      )}
      <div className="invisible mt-1.5 flex flex-wrap gap-1.5 group-focus-within:visible">
        {facts.map((fact) => (
          <button
            key={fact.name}
            type="button"
            title={fact.description}
            onClick={() => insert(fact.name)}
            className="min-h-7 pointer-coarse:min-h-11 rounded-chip border border-line px-2.5 text-sm text-ink-2 hover:bg-sunken hover:text-ink"
          >
            <span className="sr-only">Insert </span>
            {fact.name.replaceAll("_", " ")}
            <span className="sr-only"> into {sentenceCase(name)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
