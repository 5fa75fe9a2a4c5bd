import { useId } from "react";

type Props = {
  label: string;
  /** An instant, or null while there is none. */
  value: string | null;
  onChange: (instant: string | null) => void;
  error?: string | undefined;
};

/** A date and a time, read off the clock of whoever looks. */
export function Moment({ label, value, onChange, error }: Props) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <input
        id={id}
        type="datetime-local"
        value={value ? localText(new Date(value)) : ""}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onInput={(event) => {
          const at = new Date(event.currentTarget.value);
          onChange(Number.isNaN(at.getTime()) ? null : at.toISOString());
        }}
        className="min-h-10 pointer-coarse:min-h-11 max-w-full rounded-control border border-line-strong bg-surface px-3 text-ink aria-invalid:border-bad"
      />
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

function localText(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
