/** A length from zero; the words and the figure stand beside it. */
export function Bar({ share, className = "h-2" }: { share: number; className?: string }) {
  const width = Math.max(0, Math.min(1, share));
  return (
    <span aria-hidden="true" className={`block overflow-hidden rounded-[2px] bg-line/70 ${className}`}>
      <span
        className="block h-full rounded-[2px] bg-accent transition-[width]"
        style={{ width: width === 0 ? "0" : `max(2px, ${(width * 100).toFixed(2)}%)` }}
      />
    </span>
  );
}
