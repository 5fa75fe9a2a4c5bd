import { useQuery } from "@tanstack/react-query";
import { formatMoney } from "../../parts/money.ts";
import { useAdvocate } from "../../parts/scope.tsx";
import { formatFull } from "../../parts/time.ts";
import { couponsQuery } from "../../queries.ts";
import { CopyButton } from "../../ui/copy.tsx";
import { Section } from "../../ui/page.tsx";
import type { Coupon } from "../../wire.ts";

const WORDS: Record<Exclude<Coupon["status"], "available">, string> = {
  pending: "On its way",
  redeemed: "Used",
  expired: "Expired",
  withdrawn: "Withdrawn",
};

/** The codes to use in the shop. Whoever has none sees nothing of it. */
export function Coupons() {
  const { api, participantId } = useAdvocate();
  const { data } = useQuery(couponsQuery(api, participantId));
  if (!data || data.data.length === 0) return null;
  return (
    <Section title="Coupons">
      <ul className="divide-y divide-line">
        {data.data.map((coupon) => (
          <li
            key={coupon.reward_id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3"
          >
            <span className="min-w-0">
              <span className="block font-medium wrap-anywhere">{coupon.label}</span>
              <span className="block text-sm text-ink-2">
                {worth(coupon)}
                {coupon.status === "available" &&
                  coupon.expires_at &&
                  `, until ${formatFull(coupon.expires_at)}`}
              </span>
            </span>
            {coupon.status === "available" && coupon.code ? (
              <span className="flex items-center gap-3">
                <code className="font-mono">{coupon.code}</code>
                <CopyButton text={coupon.code} done="Code copied" />
              </span>
            ) : (
              <span className="text-sm text-ink-2">
                {coupon.status === "available" ? "" : WORDS[coupon.status]}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function worth({ value }: Coupon): string {
  return "percent" in value ? `${value.percent} % off` : `${formatMoney(value.amount)} off`;
}
