import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newIdempotencyKey } from "../../api.ts";
import { formatMoney, parseAmount, toDecimal } from "../../parts/money.ts";
import { useScope } from "../../parts/scope.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Conversion, Money, Refund } from "../../wire.ts";

type Props = { conversion: Conversion; refunds: Refund[]; onClose: () => void };

/** All of it or a part; what everyone earned goes back in the same proportion. */
export function RefundDialog({ conversion, refunds, onClose }: Props) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  // In the currency it was paid in.
  const paid = conversion.original?.amount ?? conversion.amount;
  const { currency } = paid;
  const given = refunds
    .filter(({ status }) => status === "applied")
    .reduce((sum, refund) => sum + refund.amount.amount, 0);
  const left = { amount: paid.amount - given, currency };
  const [amount, setAmount] = useState(toDecimal(left));
  const [externalId] = useState(() => `manual-${newIdempotencyKey().slice(0, 8)}`);
  const [wrong, setWrong] = useState<string>();
  const { submit, isBusy, problem } = useSubmit(
    (body: { external_id: string; amount: Money }, idempotencyKey) =>
      api.post<Refund>(`/v1/conversions/${conversion.id}/refunds`, { body, idempotencyKey }),
    (refund) => {
      void client.invalidateQueries({ queryKey: ["trace", programId, conversion.id] });
      toast(`${formatMoney(refund.amount)} refunded`);
      onClose();
    },
  );
  const send = () => {
    const minor = parseAmount(amount, currency);
    if (!minor || minor > left.amount) {
      setWrong(`Enter an amount from the smallest coin up to ${formatMoney(left)}.`);
      return;
    }
    setWrong(undefined);
    void submit({ external_id: externalId, amount: { amount: minor, currency } });
  };
  return (
    <Dialog title="Refund this purchase" onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p className="text-ink-2">
          Up to {formatMoney(left)} can be refunded. Everyone who earned from this purchase gives back the
          same part; the entries are added, nothing is erased.
        </p>
        <Field
          label={`Amount (${currency})`}
          inputMode="decimal"
          autoComplete="off"
          value={amount}
          onText={setAmount}
          error={wrong ?? problem?.fieldMessage("/amount")}
        />
        <FormProblem problem={problem} shown={["/amount"]} />
        <Button type="submit" look="danger" busy={isBusy} className="self-start">
          Refund
        </Button>
      </form>
    </Dialog>
  );
}
