import { useQuery } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { useState } from "react";
import { Link } from "wouter";
import { newIdempotencyKey } from "../../api.ts";
import { Amount } from "../../parts/amount.tsx";
import { parseAmount } from "../../parts/money.ts";
import { ParticipantPicker } from "../../parts/participant-picker.tsx";
import { useScope } from "../../parts/scope.tsx";
import { paths } from "../../paths.ts";
import { programQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Conversion, Participant } from "../../wire.ts";
import { Outcome } from "./outcome.tsx";

type NewPurchase = {
  kind: "purchase";
  external_id: string;
  participant: string;
  amount: { amount: number; currency: string };
  profit?: { amount: number; currency: string };
};

/** Records a real purchase by hand and shows at once who earned and who did not. */
export function PurchaseDialog({ onClose, buyer }: { onClose: () => void; buyer?: Participant }) {
  const { api } = useScope();
  const [recorded, setRecorded] = useState<Conversion | null>(null);
  const program = useQuery(programQuery(api));
  const currency = program.data?.currency;
  const { submit, isBusy, problem } = useSubmit(
    (body: NewPurchase, idempotencyKey) => api.post<Conversion>("/v1/conversions", { body, idempotencyKey }),
    setRecorded,
  );
  return (
    <Dialog title={recorded ? "Purchase recorded" : "Record a purchase"} place="side" onClose={onClose}>
      {recorded ? (
        <Recorded conversion={recorded} onAgain={() => setRecorded(null)} />
      ) : (
        currency && (
          <PurchaseForm
            currency={currency}
            margin={program.data?.default_margin ?? "100"}
            buyer={buyer ?? null}
            isBusy={isBusy}
            onSubmit={submit}
          >
            <FormProblem problem={problem} />
          </PurchaseForm>
        )
      )}
    </Dialog>
  );
}

type FormProps = {
  currency: string;
  margin: string;
  buyer: Participant | null;
  isBusy: boolean;
  onSubmit: (body: NewPurchase) => void;
  children: ComponentChildren;
};

function PurchaseForm({ currency, margin, buyer, isBusy, onSubmit, children }: FormProps) {
  const [picked, setPicked] = useState<Participant | null>(buyer);
  const [amount, setAmount] = useState("");
  const [profit, setProfit] = useState("");
  const [order, setOrder] = useState(() => `manual-${newIdempotencyKey().slice(0, 8)}`);
  const [wrong, setWrong] = useState<{ buyer?: string; amount?: string; profit?: string }>({});
  const send = () => {
    const amountMinor = parseAmount(amount, currency);
    const profitMinor = profit.trim() === "" ? undefined : parseAmount(profit, currency);
    const found = {
      ...(picked ? {} : { buyer: "Choose who bought." }),
      ...(amountMinor
        ? {}
        : { amount: `Enter an amount above zero that ${currency} can express, such as 1200.` }),
      ...(profitMinor === null
        ? { profit: `Enter an amount that ${currency} can express, or leave it empty.` }
        : {}),
    };
    setWrong(found);
    if (!picked || !amountMinor || profitMinor === null) return;
    onSubmit({
      kind: "purchase",
      external_id: order,
      participant: picked.id,
      amount: { amount: amountMinor, currency },
      ...(profitMinor === undefined ? {} : { profit: { amount: profitMinor, currency } }),
    });
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className="text-ink-2">
        It counts like any other: it settles at once and moves real balances. You can refund it after.
      </p>
      <ParticipantPicker label="Who bought" picked={picked} onPick={setPicked} error={wrong.buyer} />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={`Amount (${currency})`}
          inputMode="decimal"
          autoComplete="off"
          value={amount}
          onText={setAmount}
          error={wrong.amount}
        />
        <Field
          label={`Profit (${currency})`}
          inputMode="decimal"
          autoComplete="off"
          value={profit}
          onText={setProfit}
          error={wrong.profit}
          hint={`Empty: ${margin} % of the amount`}
        />
      </div>
      <Field
        label="Order number"
        autoComplete="off"
        value={order}
        onText={setOrder}
        hint="Your own id of the order. The same one is never counted twice."
      />
      {children}
      <Button type="submit" look="primary" busy={isBusy} className="self-start">
        Record purchase
      </Button>
    </form>
  );
}

function Recorded({ conversion, onAgain }: { conversion: Conversion; onAgain: () => void }) {
  const { programId } = useScope();
  return (
    <>
      <p>
        <Amount money={conversion.amount} className="font-semibold" />{" "}
        {conversion.status === "settled" ? "settled at once." : "is stored; settling follows in a moment."}
      </p>
      <Outcome conversion={conversion} />
      <div className="mt-6 flex flex-wrap gap-2">
        <Button onClick={onAgain}>Record another</Button>
        <Link
          href={paths.conversion(programId, conversion.id)}
          className="inline-flex min-h-9 items-center px-2 font-medium text-accent hover:underline"
        >
          See every step
        </Link>
      </div>
    </>
  );
}
