type Tab = { value: string; word: string };

/** One choice of a few that filters what stands below. */
export function Tabs({
  label,
  tabs,
  value,
  onChoose,
}: {
  label: string;
  tabs: Tab[];
  value: string;
  onChoose: (value: string) => void;
}) {
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">{label}</legend>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          aria-pressed={tab.value === value}
          onClick={() => onChoose(tab.value)}
          className="min-h-9 pointer-coarse:min-h-11 rounded-chip border border-line-strong px-3.5 text-base font-medium text-ink-2 hover:bg-sunken aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-canvas"
        >
          {tab.word}
        </button>
      ))}
    </fieldset>
  );
}
