/** Plays a call in the picture, slowly enough to be followed: here a hop takes longer than its few milliseconds. */
import type { Call } from "../trace/call";
import type { Picture } from "./picture";

const TRAVEL_MS = 210;
const STAY_MS = 90;

export class Player {
  #picture: Picture;
  #callOf: (callId: number) => Call | undefined;
  #playing: number | undefined;

  /** @param callOf the call as it is by now */
  constructor(picture: Picture, callOf: (callId: number) => Call | undefined) {
    this.#picture = picture;
    this.#callOf = callOf;
  }

  get playing() {
    return this.#playing;
  }

  /** Ends what is being played. */
  stop() {
    this.#playing = undefined;
  }

  /** Plays from the first hop to the last, also while the call is still under way. */
  async play(callId: number) {
    this.#playing = callId;
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) await this.#walk(callId);
    if (this.#playing === callId) this.#playing = undefined;
  }

  async #walk(callId: number) {
    for (let index = 0; this.#playing === callId;) {
      const call = this.#callOf(callId);
      if (!call || (index >= call.hops.length && call.duration !== undefined)) return;
      if (index >= call.hops.length) {
        await pause(STAY_MS);
        continue;
      }
      this.#picture.showHops(call, index);
      const path = this.#picture.linkInto(call.hops, index, call.request !== undefined);
      if (path) await this.#picture.travel(path, TRAVEL_MS);
      if (this.#playing !== callId) return;
      this.#picture.showHops(call, index + 1);
      if (path) await pause(STAY_MS);
      index += 1;
    }
  }
}

function pause(milliseconds: number) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
