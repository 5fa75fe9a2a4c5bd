const WIDTH = 120;
const HEIGHT = 28;
const GAP = 1;

/** The shape of a few weeks, a bar for each day on one baseline; what it says stands in `label`. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="h-7 w-30 shrink-0 text-accent"
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} stroke="currentColor" strokeOpacity="0.35" />
      {values.map((value, at) => {
        const height = value === 0 ? 0 : Math.max(2, (value / most) * (HEIGHT - 2));
        return (
          <rect
            key={at}
            x={at * step}
            y={HEIGHT - height}
            width={Math.max(1, step - GAP)}
            height={height}
            fill="currentColor"
          />
        );
      })}
    </svg>
  );
}
