import { useQueryClient } from "@tanstack/react-query";
import { offerSentences } from "../../parts/plan-sentence.ts";
import { useScope } from "../../parts/scope.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Plan } from "../../wire.ts";
import { sinceWords } from "./plan-in-force.ts";

export type VersionAct = "rollback" | "withdraw" | "delete";

type Words = { title: string; text: string; button: string; done: string };

/** What is about to happen to a version, said before it does. */
export function VersionDialog({ plan, act, onClose }: { plan: Plan; act: VersionAct; onClose: () => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const words = wordsOf(plan, act);
  const { submit, isBusy, problem } = useSubmit(
    (_body: Record<string, never>, idempotencyKey) =>
      act === "delete"
        ? api.remove<null>(`/v1/plans/${plan.id}`)
        : api.post<Plan>(`/v1/plans/${plan.id}/${act}`, {
            body: act === "rollback" ? {} : undefined,
            idempotencyKey,
          }),
    () => {
      for (const key of ["plans", "plan", "program"])
        void client.invalidateQueries({ queryKey: [key, programId] });
      toast(words.done);
      onClose();
    },
  );
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p>{words.text}</p>
      {act === "rollback" && (
        <div className="mt-4 grid gap-2">
          {offerSentences(plan.document, "advocate").map((sentence) => (
            <p key={sentence} className="font-serif text-lg text-pretty">
              {sentence}
            </p>
          ))}
        </div>
      )}
      <div className="mt-5 grid gap-4">
        <FormProblem problem={problem} />
        <div className="flex flex-wrap gap-2">
          <Button
            look={act === "rollback" ? "primary" : "danger"}
            busy={isBusy}
            onClick={() => void submit({})}
          >
            {words.button}
          </Button>
          <Button look="quiet" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function wordsOf(plan: Plan, act: VersionAct): Words {
  const version = `version ${plan.version}`;
  switch (act) {
    case "rollback":
      return {
        title: `Roll back to ${version}`,
        text: "Its text is published again as a new version, in force from now on. What was earned meanwhile stays as it is.",
        button: "Roll back now",
        done: `The text of ${version} is in force again`,
      };
    case "withdraw":
      return {
        title: `Withdraw ${version}`,
        text: `It would be in force ${sinceWords(plan)}. Withdrawn, it never holds, and its number is not given again.`,
        button: "Withdraw it",
        done: `Version ${plan.version} is withdrawn`,
      };
    case "delete":
      return {
        title: "Delete this draft",
        text: "Nobody earned by it. What is deleted cannot be brought back.",
        button: "Delete it",
        done: "The draft is deleted",
      };
  }
}
