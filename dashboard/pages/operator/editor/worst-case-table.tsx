import type { WorstCase } from "../../../wire.ts";

const percent = (share: string | null) => (share === null ? "no limit" : `${share} %`);

/** What one purchase can cost at worst, in shares of what was paid. */
export function WorstCaseTable({ worst }: { worst: WorstCase }) {
  const rows = [
    ...worst.levels.map(({ level, ...shares }) => ({
      name: level === 0 ? "The friend" : `Level ${level}`,
      ...shares,
    })),
    { name: "Together", ...worst.total },
  ];
  return (
    <div className="py-3">
      <p className="text-md text-pretty">{worst.sentence}</p>
      <table className="mt-2 w-full text-left">
        <caption className="sr-only">The most one purchase can cost, in percent of what was paid</caption>
        <thead>
          <tr className="border-b border-line text-sm text-ink-2">
            <th scope="col" className="h-9 pr-3 font-medium">
              At worst
            </th>
            <th scope="col" className="pr-3 text-right font-medium">
              If all is profit
            </th>
            <th scope="col" className="text-right font-medium">
              At a margin of {worst.default_margin} %
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-b border-line last:border-0 last:font-medium">
              <th scope="row" className="h-9 pr-3 font-[inherit]">
                {row.name}
              </th>
              <td className="figures pr-3 text-right">{percent(row.at_full_margin)}</td>
              <td className="figures text-right">{percent(row.at_default_margin)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
