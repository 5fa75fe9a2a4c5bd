import type { ComponentChildren } from "preact";
import { useEffect, useState } from "react";
import { parseAmount, toDecimal } from "../../../parts/money.ts";
import type { Money } from "../../../wire.ts";
import { fieldId, usePlace } from "./draft-context.tsx";

/** The blanks of a sentence: as wide as what stands in them, each with a name of its own for readers. */
const BLANK =
  "field-sizing-content h-8 leading-none pointer-coarse:min-h-11 min-w-10 max-w-full rounded-control border border-line-strong " +
  "bg-surface px-2 font-medium text-ink pointer-coarse:text-md aria-invalid:border-bad placeholder:text-ink-3 placeholder:font-normal";

type Place = { pointer: string; label: string };

function Blank({
  pointer,
  problem,
  children,
}: {
  pointer: string;
  problem: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <span className="mx-0.5 inline-flex max-w-full flex-col items-start align-middle">
      {children}
      {problem && (
        <span id={`${fieldId(pointer)}-problem`} className="mt-1 max-w-80 text-sm font-normal text-bad">
          {problem}
        </span>
      )}
    </span>
  );
}

function controlOf(pointer: string, label: string, problem: string | undefined) {
  return {
    id: fieldId(pointer),
    "aria-label": label,
    className: BLANK,
    autoComplete: "off",
    ...(problem ? { "aria-invalid": true as const, "aria-describedby": `${fieldId(pointer)}-problem` } : {}),
  };
}

export function TextBlank({ pointer, label, placeholder = "" }: Place & { placeholder?: string }) {
  const { value, problem, set } = usePlace(pointer);
  const text = typeof value === "string" ? value : "";
  return (
    <Blank pointer={pointer} problem={problem}>
      <input
        {...controlOf(pointer, label, problem)}
        type="text"
        spellcheck={false}
        size={Math.max(6, text.length)}
        value={text}
        placeholder={placeholder}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </Blank>
  );
}

/** A percent stays the decimal text that was typed. */
export function PercentBlank({ pointer, label }: Place) {
  const { value, problem, set } = usePlace(pointer);
  const text = typeof value === "string" ? value : "";
  return (
    <Blank pointer={pointer} problem={problem}>
      <input
        {...controlOf(pointer, label, problem)}
        type="text"
        inputMode="decimal"
        size={Math.max(3, text.length)}
        value={text}
        onInput={(event) => set(event.currentTarget.value.replace(",", ".").trim())}
      />
    </Blank>
  );
}

/** A whole number, or `whenNone` where it may be left out; what is none stays as it was typed, and the server says what is wrong with it. */
export function NumberBlank({ pointer, label, whenNone }: Place & { whenNone?: string }) {
  const { value, problem, set } = usePlace(pointer);
  const text = value === undefined || value === null ? "" : String(value);
  const read = (typed: string): unknown => {
    if (typed === "") return whenNone === undefined ? "" : undefined;
    return /^\d{1,15}$/.test(typed) ? Number(typed) : typed;
  };
  return (
    <Blank pointer={pointer} problem={problem}>
      <input
        {...controlOf(pointer, label, problem)}
        type="text"
        inputMode="numeric"
        size={Math.max(3, text.length)}
        value={text}
        placeholder={whenNone ?? ""}
        onInput={(event) => set(read(event.currentTarget.value.trim()))}
      />
    </Blank>
  );
}

/** An amount as people write it, kept in minor units. */
export function MoneyBlank({ pointer, label, currencies }: Place & { currencies: readonly string[] }) {
  const { value, problem, set } = usePlace(pointer);
  const money = isMoney(value) ? value : null;
  const currency = money?.currency ?? currencies[0] ?? "";
  const [text, setText] = useState(money ? toDecimal(money) : "");
  const read = parseAmount(text, currency);
  useEffect(() => {
    // Changed from elsewhere: by the JSON beside it, or by taking away the entry before it.
    if (money && money.amount !== read) setText(toDecimal(money));
  }, [money?.amount]);
  const amount = (typed: string, of: string) => set({ amount: parseAmount(typed, of), currency: of });
  const wrong = text !== "" && read === null ? "Enter an amount, such as 1,000.00." : undefined;
  const inner = usePlace(`${pointer}/amount`).problem;
  const strange = usePlace(`${pointer}/currency`).problem;
  const said = wrong ?? problem ?? inner ?? strange;
  return (
    <Blank pointer={pointer} problem={said}>
      <span className="inline-flex items-center gap-1">
        <input
          {...controlOf(pointer, label, said)}
          type="text"
          inputMode="decimal"
          size={Math.max(4, text.length)}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            amount(event.currentTarget.value, currency);
          }}
        />
        {currencies.length < 2 ? (
          <span>{unitOf(currency)}</span>
        ) : (
          <select
            aria-label={`Currency of ${label.toLowerCase()}`}
            className={BLANK}
            value={currency}
            onInput={(event) => amount(text, event.currentTarget.value)}
          >
            {currencies.map((one) => (
              <option key={one} value={one}>
                {unitOf(one)}
              </option>
            ))}
          </select>
        )}
      </span>
    </Blank>
  );
}

const UNITS: Record<string, string> = { PTS: "points", CRD: "credit" };
const unitOf = (currency: string): string => UNITS[currency] ?? currency;

function isMoney(value: unknown): value is Money {
  return typeof (value as Money | undefined)?.amount === "number";
}

export type Choice = readonly [value: string, words: string];

export function ChoiceBlank({
  pointer,
  label,
  choices,
  fallback,
  onChoose,
}: Place & {
  choices: readonly Choice[];
  /** What holds where the document says nothing. */
  fallback?: string;
  onChoose?: (value: string) => void;
}) {
  const { value, problem, set } = usePlace(pointer);
  const chosen = value === undefined || value === null ? (fallback ?? "") : String(value);
  const isKnown = choices.some(([choice]) => choice === chosen);
  return (
    <Blank pointer={pointer} problem={problem}>
      <select
        {...controlOf(pointer, label, problem)}
        value={chosen}
        onInput={(event) => (onChoose ?? set)(event.currentTarget.value)}
      >
        {!isKnown && <option value={chosen}>{chosen}</option>}
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </Blank>
  );
}

/** Several words, separated by commas. */
export function WordsBlank({
  pointer,
  label,
  placeholder,
  isNumbers = false,
}: Place & { placeholder: string; isNumbers?: boolean }) {
  const { value, problem, set } = usePlace(pointer);
  const words = Array.isArray(value) ? value.map(String) : [];
  const [text, setText] = useState(words.join(", "));
  const read = wordsIn(text);
  useEffect(() => {
    if (words.join() !== read.join()) setText(words.join(", "));
  }, [words.join()]);
  const inner = usePlace(`${pointer}/0`).problem;
  const said = problem ?? inner;
  return (
    <Blank pointer={pointer} problem={said}>
      <input
        {...controlOf(pointer, label, said)}
        type="text"
        size={Math.max(8, text.length)}
        value={text}
        placeholder={placeholder}
        onInput={(event) => {
          setText(event.currentTarget.value);
          const typed = wordsIn(event.currentTarget.value);
          set(isNumbers ? typed.map((word) => (/^\d+$/.test(word) ? Number(word) : word)) : typed);
        }}
      />
    </Blank>
  );
}

function wordsIn(text: string): string[] {
  return [
    ...new Set(
      text
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ];
}

/** Several of a few, each switched on or off. */
export function PickBlank({
  pointer,
  label,
  choices,
  isNumbers = false,
}: Place & { choices: readonly Choice[]; isNumbers?: boolean }) {
  const { value, problem, set } = usePlace(pointer);
  const picked = Array.isArray(value) ? value.map(String) : [];
  const toggle = (choice: string) => {
    const next = picked.includes(choice) ? picked.filter((one) => one !== choice) : [...picked, choice];
    set(isNumbers ? next.map(Number) : next);
  };
  return (
    <Blank pointer={pointer} problem={problem}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand inside a sentence. */}
      <span role="group" aria-label={label} className="inline-flex flex-wrap gap-1">
        {choices.map(([choice, words], index) => (
          <button
            key={choice}
            type="button"
            id={index === 0 ? fieldId(pointer) : undefined}
            aria-pressed={picked.includes(choice)}
            onClick={() => toggle(choice)}
            className="min-h-8 leading-normal pointer-coarse:min-h-11 rounded-chip border border-line-strong px-3 font-medium text-ink-2 hover:bg-sunken aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-canvas"
          >
            {words}
          </button>
        ))}
      </span>
    </Blank>
  );
}
