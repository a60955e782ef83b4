import { z } from "zod";

import type { MovableClock } from "../../clock";
import { setClock } from "../../clock-setting";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import { problem } from "../answers";

const MOVE = z.object({ to: z.string() });

/** The emulator's own resource for its clock: GET tells the time, POST `{"to": "+1h"}` moves it, for tests of expiry. */
export function clockResource(clock: MovableClock, request: HttpRequest): HttpResponse {
  if (request.method === "GET") return tell(clock);
  if (request.method !== "POST") return problem(405, "The clock answers to GET and POST.");
  // A web page can send this content type to another origin only where that origin allows it, and this one does not.
  if (!/^application\/json\b/.test(request.headers.get("content-type") ?? "")) {
    return problem(415, "Moving the clock takes the content type application/json.");
  }
  const move = MOVE.safeParse(request.json());
  if (!move.success) return problem(400, 'Moving the clock takes {"to": "2027-01-31T12:00:00Z"} or {"to": "+1h30m"}.');
  try {
    setClock(clock, move.data.to);
  } catch (error) {
    if (error instanceof RangeError) return problem(400, error.message);
    throw error;
  }
  return tell(clock);
}

function tell(clock: MovableClock): HttpResponse {
  return HttpResponse.json({ now: new Date(clock.now()).toISOString() });
}
