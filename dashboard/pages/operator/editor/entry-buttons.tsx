import { Icon, type IconName } from "../../../ui/icon.tsx";

/** Signs without words beside an entry of a list; their names are said to readers. */
export function IconButton({
  icon,
  name,
  onClick,
  disabled = false,
  className = "",
}: {
  icon: IconName;
  name: string;
  onClick: () => void;
  disabled?: boolean;
  className?: string;
}) {
  return (
    <button
      type="button"
      disabled={disabled}
      title={name}
      onClick={onClick}
      className={`inline-grid size-8 pointer-coarse:size-11 place-items-center rounded-control align-middle text-ink-2 hover:bg-sunken hover:text-ink disabled:text-ink-3 disabled:opacity-40 disabled:hover:bg-transparent ${className}`}
    >
      <Icon name={icon} />
      <span className="sr-only">{name}</span>
    </button>
  );
}

type EntryProps = {
  what: string;
  index: number;
  count: number;
  onMove: (to: number) => void;
  onRemove: () => void;
};

/** Up, down, away: order is changed by buttons, never by dragging alone. */
export function EntryButtons({ what, index, count, onMove, onRemove }: EntryProps) {
  return (
    <span className="-my-1 flex shrink-0">
      <IconButton
        icon="chevron"
        className="-rotate-90"
        name={`Move ${what} up`}
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      />
      <IconButton
        icon="chevron"
        className="rotate-90"
        name={`Move ${what} down`}
        disabled={index === count - 1}
        onClick={() => onMove(index + 1)}
      />
      <IconButton icon="cross" name={`Remove ${what}`} onClick={onRemove} />
    </span>
  );
}

/** One more of what a list may hold. */
export function AddButton({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="-mx-2 inline-flex min-h-8 pointer-coarse:min-h-11 items-center gap-1.5 rounded-control px-2 font-medium text-accent hover:bg-sunken hover:text-accent-hover"
    >
      <Icon name="plus" />
      {children}
    </button>
  );
}

/** One more of several kinds; choosing adds it. */
export function AddChoice({
  label,
  choices,
  onChoose,
}: {
  label: string;
  choices: readonly (readonly [value: string, words: string])[];
  onChoose: (value: string) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <select
      aria-label={label}
      value=""
      onInput={(event) => {
        const { value } = event.currentTarget;
        event.currentTarget.value = "";
        if (value) onChoose(value);
      }}
      className="field-sizing-content h-8 leading-none pointer-coarse:min-h-11 max-w-full rounded-control border border-dashed border-line-strong bg-transparent px-2 text-ink-2 hover:text-ink"
    >
      <option value="">{`+ ${label}`}</option>
      {choices.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  );
}
