import type { ComponentChildren } from "preact";

/** One narrow column, the program's voice at its top. */
export function AccessFrame({
  title,
  children,
  lead,
}: {
  title: string;
  lead?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <main
      tabIndex={-1}
      className="mx-auto flex min-h-dvh w-full max-w-[26rem] flex-col justify-center px-5 py-12 text-md"
    >
      <p className="mb-8 text-sm font-semibold tracking-[0.01em] text-accent">ReferralHub</p>
      <h1 className="font-serif text-2xl text-balance">{title}</h1>
      {lead && <p className="mt-2 text-ink-2">{lead}</p>}
      <div className="mt-8">{children}</div>
    </main>
  );
}
