import type { Random } from "../primitives/random.ts";

const ROOM_AT_FIRST = 1_024;

/**
 * People to pick from, each as often as they have places; picking costs the same however many they are.
 * Four bytes a place: a hundred thousand people fit in one or two megabytes.
 */
export class SimulatedCrowd {
  #places = new Int32Array(ROOM_AT_FIRST);
  #length = 0;

  add(person: number, places: number): void {
    for (let i = 0; i < places; i++) {
      if (this.#length === this.#places.length) this.#grow();
      this.#places[this.#length++] = person;
    }
  }

  /** Someone of them; who has no room any more loses the place that was drawn, and another is drawn. */
  pick(random: Random, hasRoom: (person: number) => boolean): number | null {
    while (this.#length > 0) {
      const place = random.whole(0, this.#length - 1);
      const person = this.#places[place] ?? 0;
      if (hasRoom(person)) return person;
      this.#length--;
      this.#places[place] = this.#places[this.#length] ?? 0;
    }
    return null;
  }

  #grow(): void {
    const larger = new Int32Array(this.#places.length * 2);
    larger.set(this.#places);
    this.#places = larger;
  }
}
