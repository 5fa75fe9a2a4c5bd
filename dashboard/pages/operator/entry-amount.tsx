import { useState } from "react";
import { useLocation } from "wouter";
import { Amount } from "../../parts/amount.tsx";
import { useScope } from "../../parts/scope.tsx";
import { paths } from "../../paths.ts";
import { useVoice } from "../../ui/toast.tsx";
import type { LedgerEntry, Page, Reward } from "../../wire.ts";

/** An amount that opens its explanation: of a reward the purchase it came from, of anything else the person. */
export function EntryAmount({ entry }: { entry: LedgerEntry }) {
  const { api, programId } = useScope();
  const { toast } = useVoice();
  const [, navigate] = useLocation();
  const [isBusy, setBusy] = useState(false);
  const amount = <Amount money={{ amount: entry.amount, currency: entry.currency }} signed />;
  const open = async () => {
    if (!entry.subject_id.startsWith("rwd_")) {
      if (entry.participant_id) navigate(paths.participant(programId, entry.participant_id));
      return;
    }
    setBusy(true);
    try {
      const { data } = await api.get<Page<Reward>>("/v1/rewards", { query: { id: entry.subject_id } });
      const [reward] = data;
      if (reward) navigate(paths.conversion(programId, reward.conversion_id));
    } catch {
      toast("The explanation could not be loaded. Try again.");
    } finally {
      setBusy(false);
    }
  };
  if (!entry.subject_id.startsWith("rwd_") && !entry.participant_id) return amount;
  return (
    <button type="button" onClick={open} disabled={isBusy} className="underline-offset-4 hover:underline">
      {amount}
      <span className="sr-only">, open the explanation</span>
    </button>
  );
}
