import type { ApiProblem } from "../api.ts";

/** What no single field can say; a problem that sits at a field is said there instead. */
export function FormProblem({ problem, shown = [] }: { problem: ApiProblem | null; shown?: string[] }) {
  if (!problem) return null;
  const left = problem.errors.filter(({ pointer }) => !shown.includes(pointer));
  if (problem.errors.length > 0 && left.length === 0) return null;
  return (
    <div role="alert" className="rounded-control bg-bad-tint px-3 py-2.5 text-bad">
      <p>
        <span className="font-medium">{problem.title}.</span>
        {left.length === 0 && problem.message !== problem.title && ` ${problem.message}`}
      </p>
      {left.length > 0 && (
        <ul className="mt-1 list-disc pl-5 text-sm">
          {left.map(({ pointer, code, message }) => (
            <li key={pointer + code}>
              {message} <code className="font-mono text-xs">{pointer}</code>
            </li>
          ))}
        </ul>
      )}
      {problem.isUnanswered && problem.requestId && (
        <p className="mt-1 font-mono text-xs">Request {problem.requestId}</p>
      )}
    </div>
  );
}
