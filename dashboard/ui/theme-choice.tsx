import { useState } from "react";

const CHOICES = { system: "System", light: "Light", dark: "Dark" } as const;
type Choice = keyof typeof CHOICES;

/** The stored choice is read by theme.js before the first paint; this only changes it. */
export function ThemeChoice() {
  const [choice, setChoice] = useState<Choice>(readChoice);
  const choose = (next: Choice) => {
    setChoice(next);
    if (next === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", next);
    dispatchEvent(new Event("themechange"));
  };
  return (
    <fieldset className="px-4 py-2">
      <legend className="mb-1.5 text-sm text-ink-2">Colours</legend>
      <div className="grid grid-cols-3 rounded-control border border-line-strong p-0.5">
        {(Object.keys(CHOICES) as Choice[]).map((name) => (
          <label
            key={name}
            className="grid min-h-8 pointer-coarse:min-h-10 cursor-pointer place-items-center rounded-[4px] text-sm has-checked:bg-sunken has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name="theme"
              className="sr-only"
              checked={choice === name}
              onChange={() => choose(name)}
            />
            {CHOICES[name]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function readChoice(): Choice {
  const stored = localStorage.getItem("theme");
  return stored === "light" || stored === "dark" ? stored : "system";
}
