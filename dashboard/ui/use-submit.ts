import { useRef, useState } from "react";
import { ApiProblem, newIdempotencyKey } from "../api.ts";

/**
 * One form's submission. While nothing is known about the first try, sending the same body again uses the same
 * idempotency key, so pressing twice never does a thing twice.
 */
export function useSubmit<Body, Answer>(
  send: (body: Body, idempotencyKey: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const attempt = useRef({ body: "", key: "" });
  /** Answers what was answered, or null where it was refused or is under way. */
  const submit = async (body: Body): Promise<Answer | null> => {
    if (isBusy) return null;
    const text = JSON.stringify(body);
    if (attempt.current.body !== text) attempt.current = { body: text, key: newIdempotencyKey() };
    setBusy(true);
    setProblem(null);
    try {
      const answer = await send(body, attempt.current.key);
      attempt.current = { body: "", key: "" };
      onDone(answer);
      return answer;
    } catch (error) {
      const failed =
        error instanceof ApiProblem ? error : new ApiProblem({ status: 0, detail: String(error) });
      if (!failed.isUnanswered) attempt.current = { body: "", key: "" };
      setProblem(failed);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { submit, isBusy, problem, forget: () => setProblem(null) };
}
