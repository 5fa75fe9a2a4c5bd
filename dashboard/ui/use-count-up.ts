import { useEffect, useRef, useState } from "react";

const COUNT_MS = 360;

/** Moves from the number shown to the new one; at once for who asked for less motion. */
export function useCountUp(target: number): number {
  const [shown, setShown] = useState(target);
  const from = useRef(target);
  useEffect(() => {
    const start = from.current;
    from.current = target;
    if (start === target || matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden) {
      setShown(target);
      return;
    }
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, (now - began) / COUNT_MS);
      const eased = 1 - (1 - share) ** 3;
      setShown(share === 1 ? target : Math.round(start + (target - start) * eased));
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [target]);
  return shown;
}
