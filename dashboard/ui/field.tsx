import type { ComponentChildren } from "preact";
import { useId } from "react";

const CONTROL =
  "w-full rounded-control border border-line-strong bg-surface px-3 text-ink min-h-10 pointer-coarse:min-h-11 " +
  "pointer-coarse:text-md placeholder:text-ink-3 aria-invalid:border-bad disabled:bg-sunken disabled:text-ink-2";

type Around = {
  label: string;
  value: string;
  onText: (text: string) => void;
  hint?: ComponentChildren;
  error?: string | undefined;
  className?: string;
  required?: boolean;
};
type InputProps = Around & {
  type?: "text" | "email" | "password";
  name?: string;
  autoComplete?: string;
  inputMode?: "text" | "decimal" | "numeric" | "email" | "url";
  maxLength?: number;
  minLength?: number;
  placeholder?: string;
};

/** A control with its name, a hint and what is wrong with it, tied together for every reader. */
export function Field({ label, hint, error, className = "", onText, type = "text", ...rest }: InputProps) {
  const id = useId();
  const control = {
    ...rest,
    ...described(id, hint, error),
    onInput: (event: { currentTarget: HTMLInputElement }) => onText(event.currentTarget.value),
    className: CONTROL,
  };
  return (
    <div className={className}>
      <Label id={id} text={label} />
      {type === "password" && <input {...control} type="password" />}
      {type === "email" && <input {...control} type="email" />}
      {type === "text" && <input {...control} type="text" />}
      <Notes id={id} hint={hint} error={error} />
    </div>
  );
}

export function TextArea({
  label,
  hint,
  error,
  className = "",
  onText,
  ...rest
}: Around & { rows?: number }) {
  const id = useId();
  return (
    <div className={className}>
      <Label id={id} text={label} />
      <textarea
        {...rest}
        {...described(id, hint, error)}
        spellcheck={false}
        onInput={(event) => onText(event.currentTarget.value)}
        className={`${CONTROL} py-2 font-mono text-sm leading-relaxed`}
      />
      <Notes id={id} hint={hint} error={error} />
    </div>
  );
}

/** Words of a person; `TextArea` is for documents. */
export function Prose({
  label,
  hint,
  error,
  className = "",
  onText,
  ...rest
}: Around & { rows?: number; maxLength?: number; lang?: string; placeholder?: string }) {
  const id = useId();
  return (
    <div className={className}>
      <Label id={id} text={label} />
      <textarea
        {...rest}
        {...described(id, hint, error)}
        onInput={(event) => onText(event.currentTarget.value)}
        className={`${CONTROL} py-2 leading-relaxed`}
      />
      <Notes id={id} hint={hint} error={error} />
    </div>
  );
}

export function Select({
  label,
  hint,
  error,
  className = "",
  onText,
  options,
  ...rest
}: Around & { options: readonly { value: string; label: string }[] }) {
  const id = useId();
  return (
    <div className={className}>
      <Label id={id} text={label} />
      <select
        {...rest}
        {...described(id, hint, error)}
        onInput={(event) => onText(event.currentTarget.value)}
        className={CONTROL}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Notes id={id} hint={hint} error={error} />
    </div>
  );
}

function Label({ id, text }: { id: string; text: string }) {
  return (
    <label htmlFor={id} className="mb-1.5 block font-medium">
      {text}
    </label>
  );
}

function described(id: string, hint: ComponentChildren, error: string | undefined) {
  const notes = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return {
    id,
    ...(error ? { "aria-invalid": true as const } : {}),
    ...(notes ? { "aria-describedby": notes } : {}),
  };
}

function Notes({ id, hint, error }: { id: string; hint?: ComponentChildren; error?: string | undefined }) {
  return (
    <>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-bad">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-ink-2">
          {hint}
        </p>
      )}
    </>
  );
}
