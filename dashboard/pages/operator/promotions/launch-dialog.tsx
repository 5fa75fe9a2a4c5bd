import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { withValue } from "../../../parts/json-pointer.ts";
import { promotionSentence } from "../../../parts/promotion-sentence.ts";
import { useScope } from "../../../parts/scope.tsx";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { PlanDocument, Promotion, PromotionDocument } from "../../../wire.ts";
import { DraftProvider } from "../editor/draft-context.tsx";
import { PromotionBlanks } from "./promotion-blanks.tsx";

/** Said at their blanks already. */
const AT_BLANKS = ["/name", "/starts_at", "/ends_at", "/multiplier", "/advocates_max", "/rules", "/levels"];

type Props = { plan: PlanDocument; timeZone: string; onClose: () => void };

/** A promotion as sentences with blanks; once launched its text never changes. */
export function LaunchDialog({ plan, timeZone, onClose }: Props) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [document, setDocument] = useState<PromotionDocument>(twoWeeks);
  const { submit, isBusy, problem, forget } = useSubmit(
    (body: { document: PromotionDocument }, idempotencyKey) =>
      api.post<Promotion>("/v1/promotions", { body, idempotencyKey }),
    (launched) => {
      void client.invalidateQueries({ queryKey: ["promotions", programId] });
      toast(`“${launched.document.name}” is launched`);
      onClose();
    },
  );
  const draft = {
    // The blanks read and write by pointer; only conditions ask for a plan, and that is the one in force.
    document: document as unknown as PlanDocument,
    plan,
    problems: problem?.errors ?? [],
    shelf: [],
    parts: null,
    change: (pointer: string, value: unknown) => {
      forget();
      setDocument((old) => withValue(old, pointer, value) as PromotionDocument);
    },
  };
  return (
    <Dialog title="New promotion" place="side" onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({ document });
        }}
      >
        <DraftProvider draft={draft}>
          <PromotionBlanks
            rules={plan.rules.map(({ id }) => id)}
            currency={plan.currency}
            timeZone={timeZone}
          />
        </DraftProvider>
        <p className="rounded-control bg-sunken px-4 py-3 font-serif text-lg text-pretty">
          {reading(document, plan)}
        </p>
        <FormProblem problem={problem} shown={AT_BLANKS} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" busy={isBusy}>
            Launch
          </Button>
          <Button look="quiet" onClick={onClose}>
            Not now
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** While an amount is being typed it may be none. */
function reading(document: PromotionDocument, plan: PlanDocument): string {
  if (document.multiplier === undefined && !document.add) return "It adds nothing yet.";
  return promotionSentence(document, plan.tiers);
}

/** From tomorrow, two weeks, everything doubled. */
function twoWeeks(): PromotionDocument {
  const day = (ahead: number) => {
    const at = new Date();
    at.setDate(at.getDate() + ahead);
    const text = (part: number) => String(part).padStart(2, "0");
    return `${at.getFullYear()}-${text(at.getMonth() + 1)}-${text(at.getDate())}T00:00:00`;
  };
  return { name: "", starts_at: day(1), ends_at: day(15), multiplier: "200" };
}
