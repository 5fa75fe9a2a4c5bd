import { useCountUp } from "../ui/use-count-up.ts";
import type { Money } from "../wire.ts";
import { formatMoney, formatMovement } from "./money.ts";

/** An amount as on a bank statement: tabular, never wrapped, always with its currency. */
export function Amount({
  money,
  signed = false,
  className = "",
}: {
  money: Money;
  signed?: boolean;
  className?: string;
}) {
  return (
    <span className={`figures ${className}`}>{signed ? formatMovement(money) : formatMoney(money)}</span>
  );
}

/** Counts from what was shown to what is true now; no reader is told of the steps between. */
export function CountedAmount({ money }: { money: Money }) {
  const shown = useCountUp(money.amount);
  return <span className="figures">{formatMoney({ ...money, amount: shown })}</span>;
}

/** One line per currency. */
export function Amounts({ amounts, none = "–" }: { amounts: Money[]; none?: string }) {
  if (amounts.length === 0) return <span className="text-ink-3">{none}</span>;
  return (
    <>
      {amounts.map((money) => (
        <span key={money.currency} className="figures block">
          {formatMoney(money)}
        </span>
      ))}
    </>
  );
}
