const ASCII_END = 0x80;

/** The parts of PostgreSQL's protocol that we write (manual, section 54.7), one after the other into one buffer. */
export class WireWriter {
  #buffer: Buffer;
  #at = 0;

  constructor(bytes: number) {
    this.#buffer = Buffer.allocUnsafe(bytes);
  }

  /** What was written since the last `clear`. It is overwritten by what is written next. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  get capacity(): number {
    return this.#buffer.length;
  }

  clear(): void {
    this.#at = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#at++] = value;
  }

  int16(value: number): void {
    this.#reserve(2);
    this.#at = this.#buffer.writeInt16BE(value, this.#at);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#at = this.#buffer.writeInt32BE(value, this.#at);
  }

  int64(value: bigint): void {
    this.#reserve(8);
    this.#at = this.#buffer.writeBigInt64BE(value, this.#at);
  }

  /** The same without a `bigint` in between where the number is exact. */
  int64OfNumber(value: number): void {
    if (Number.isSafeInteger(value)) {
      this.int32(Math.floor(value / 2 ** 32));
      this.int32(value | 0);
    } else this.int64(BigInt(value));
  }

  raw(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#at);
    this.#at += value.length;
  }

  text(value: string): void {
    // No character takes more bytes than three for each of its units.
    this.#reserve(value.length * 3);
    this.#at += this.#buffer.write(value, this.#at);
  }

  /** With its length before it; characters of ASCII one by one, which for a few of them beats a call. */
  shortText(value: string): void {
    const { length } = value;
    this.#reserve(4 + length * 3);
    const start = this.#at;
    const buffer = this.#buffer;
    let at = start + 4;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code >= ASCII_END) {
        at = start + 4 + buffer.write(value, start + 4);
        break;
      }
      buffer[at++] = code;
    }
    this.#at = at;
    buffer.writeInt32BE(at - start - 4, start);
  }

  /** Ends with a zero byte, so it must hold none. */
  name(value: string): void {
    this.text(value);
    this.byte(0);
  }

  /** Leaves room for a length; `end` fills it in. */
  begin(): number {
    this.#reserve(4);
    const start = this.#at;
    this.#at += 4;
    return start;
  }

  /** The length of what was written since `begin`. */
  end(start: number): void {
    this.#buffer.writeInt32BE(this.#at - start - 4, start);
  }

  /** The same counting itself, as the length of a message does. */
  endMessage(start: number): void {
    this.#buffer.writeInt32BE(this.#at - start, start);
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}
