type Choice = { value: string; word: string; note?: string };

/** One of a few, all of them seen at once. */
export function Radios({
  legend,
  name,
  value,
  onChoose,
  choices,
}: {
  legend: string;
  name: string;
  value: string;
  onChoose: (value: string) => void;
  choices: readonly Choice[];
}) {
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-medium">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="flex min-h-8 pointer-coarse:min-h-11 items-baseline gap-2.5">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChoose(choice.value)}
            className="size-4 translate-y-0.5 accent-accent"
          />
          <span>
            {choice.word}
            {choice.note && <span className="block text-sm text-ink-2">{choice.note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
