import type { ComponentChildren } from "preact";
import { useEffect } from "react";
import { Bone } from "./states.tsx";

/** The window's title follows the page. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ReferralHub`;
  }, [title]);
}

/** A page's name, what it says in one line, and its acts. */
export function PageHeading({
  title,
  children,
  actions,
}: {
  title: ComponentChildren;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold text-balance">{title}</h1>
        {children && <div className="mt-1 max-w-[68ch] text-pretty text-ink-2">{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}

/** A part of a page: a heading on a hairline, no box around it. */
export function Section({
  title,
  aside,
  children,
  className = "",
}: {
  title: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
  className?: string;
}) {
  return (
    <section aria-label={title} className={className}>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 border-b border-line-strong">
        <h2 className="text-md font-semibold">{title}</h2>
        {aside && <div className="text-sm text-ink-2">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

const FOUR_COLUMNS = "grid-cols-2 md:grid-cols-4 max-md:[&>:last-child:nth-child(odd)]:col-span-2";

/** Numbers side by side, parted by hairlines. */
export function Figures({
  children,
  columns = FOUR_COLUMNS,
}: {
  children: ComponentChildren;
  columns?: string;
}) {
  return (
    <dl className={`grid gap-px overflow-hidden rounded-surface border border-line bg-line ${columns}`}>
      {children}
    </dl>
  );
}

export function Figure({
  label,
  note,
  children,
}: {
  label: string;
  note?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div className="flex min-w-0 flex-col bg-surface px-4 py-3.5">
      <dt className="text-sm text-ink-2">{label}</dt>
      <dd className="figures mt-1 text-lg font-medium tracking-[-0.01em] sm:text-xl">{children}</dd>
      {note && <dd className="mt-1 text-sm text-ink-2">{note}</dd>}
    </div>
  );
}

export function FigureBones({ count = 4 }: { count?: number }) {
  return (
    <div className="grid grid-cols-2 gap-px overflow-hidden rounded-surface border border-line bg-line md:grid-cols-4">
      {Array.from({ length: count }, (_, at) => (
        <div key={at} className="bg-surface px-4 py-3.5">
          <Bone className="h-[19px] w-20" />
          <Bone className="mt-1 h-[30px] w-24" />
        </div>
      ))}
    </div>
  );
}

/** One line that asks for something, and the act that answers it. */
export function Notice({ children, action }: { children: ComponentChildren; action?: ComponentChildren }) {
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-surface border border-line bg-surface py-2.5 pr-2.5 pl-4">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Pairs of a name and a value, aligned. */
export function Facts({ facts }: { facts: [string, ComponentChildren][] }) {
  return (
    <dl className="divide-y divide-line">
      {facts.map(([name, value]) => (
        <div key={name} className="flex items-baseline justify-between gap-6 py-2.5">
          <dt className="text-ink-2">{name}</dt>
          <dd className="min-w-0 text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
