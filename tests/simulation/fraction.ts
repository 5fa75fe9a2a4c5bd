/** An exact rational, as a numerator over a positive denominator. Never shortened: the model may be slow. */
export class Fraction {
  readonly over: bigint;
  readonly under: bigint;

  constructor(over: bigint, under = 1n) {
    this.over = over;
    this.under = under;
  }

  /** "12.5" percent is 125 over 1000. */
  static percent(text: string): Fraction {
    const [whole = "0", decimals = ""] = text.split(".");
    return new Fraction(BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length));
  }

  plus({ over, under }: Fraction): Fraction {
    return new Fraction(this.over * under + over * this.under, this.under * under);
  }

  minus({ over, under }: Fraction): Fraction {
    return this.plus(new Fraction(-over, under));
  }

  times({ over, under }: Fraction): Fraction {
    return new Fraction(this.over * over, this.under * under);
  }

  isMoreThan({ over, under }: Fraction): boolean {
    return this.over * under > over * this.under;
  }

  /** Towards minus infinity. */
  floor(): bigint {
    const whole = this.over / this.under;
    return this.over < 0n && whole * this.under !== this.over ? whole - 1n : whole;
  }

  ceiling(): bigint {
    return -new Fraction(-this.over, this.under).floor();
  }
}

export const NOTHING = new Fraction(0n);
export const WHOLE = new Fraction(1n);
