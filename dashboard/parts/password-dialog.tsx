import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiOf } from "../api.ts";
import { sessionQuery } from "../queries.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormProblem } from "../ui/form-problem.tsx";
import { useVoice } from "../ui/toast.tsx";
import { useSubmit } from "../ui/use-submit.ts";

export const PASSWORD_MIN = 8;

export function PasswordDialog({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const { toast } = useVoice();
  const [password, setPassword] = useState("");
  const [current, setCurrent] = useState("");
  const { submit, isBusy, problem } = useSubmit(
    (body: { password: string; current_password?: string }) =>
      apiOf(null).put("/v1/session/password", { body }),
    () => {
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      toast("Password saved");
      onClose();
    },
  );
  return (
    <Dialog title={hasPassword ? "Change your password" : "Set a password"} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(hasPassword ? { password, current_password: current } : { password });
        }}
      >
        {hasPassword && (
          <Field
            label="Current password"
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onText={setCurrent}
            error={problem?.fieldMessage("/current_password")}
          />
        )}
        <Field
          label="New password"
          type="password"
          autoComplete="new-password"
          required
          minLength={PASSWORD_MIN}
          value={password}
          onText={setPassword}
          hint={`At least ${PASSWORD_MIN} characters. A sentence works well.`}
          error={problem?.fieldMessage("/password")}
        />
        <FormProblem problem={problem} />
        <Button type="submit" look="primary" busy={isBusy} className="self-start">
          Save password
        </Button>
      </form>
    </Dialog>
  );
}
