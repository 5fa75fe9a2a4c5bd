const WORDS = { connecting: "Connecting…", live: "Live", reconnecting: "Reconnecting…" };

export function LiveDot({ state, since }: { state: keyof typeof WORDS; since?: string | null }) {
  const isLive = state === "live";
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-ink-2">
      <span
        aria-hidden="true"
        className={`size-2 rounded-full ${isLive ? "bg-accent" : "border-[1.5px] border-warn bg-transparent"}`}
      />
      {WORDS[state]}
      {state === "reconnecting" && since && (
        <span className="text-ink-3 max-sm:sr-only">data from {since}</span>
      )}
    </span>
  );
}
