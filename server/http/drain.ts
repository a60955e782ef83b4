import { once } from "node:events";
import type { Server } from "node:http";
import { Server as NetServer } from "node:net";

/**
 * Milliseconds that an idle connection stays open after the server began to stop: a request on its way meanwhile is
 * answered, where closing at once would reset it.
 */
const LINGER = 300;

/** Milliseconds of the grace period kept for sending the last answers. */
const RESERVE = 500;

export interface Drainable {
  /** Requests that have no complete answer yet. */
  readonly open: ReadonlySet<unknown>;
  /** Answers what is open and refuses what comes. */
  end(): void;
}

/**
 * Lets requests finish for at most `grace` ms. New connections are refused, and each answer closes its connection, so
 * that a client that never pauses ends as well.
 */
export async function drain(server: Server, requests: Drainable, grace: number): Promise<void> {
  // Not Server.close of node:http: it closes idle connections at once, and no longer enforces its timeouts.
  const closed = once(server, "close");
  // Connections that the system has accepted for this process would be reset with the listener. They are taken first.
  await pause(0);
  await pause(0);
  NetServer.prototype.close.call(server);
  server.keepAliveTimeout = LINGER;
  const startedAt = performance.now();
  const isOver = (): boolean => performance.now() - startedAt >= grace - RESERVE;
  await pause(Math.min(LINGER, Math.max(grace - RESERVE, 0)));
  server.closeIdleConnections();
  while (requests.open.size > 0 && !isOver()) await pause(20);
  requests.end();
  while (requests.open.size > 0 && performance.now() - startedAt < grace) await pause(20);
  server.closeAllConnections();
  await closed;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
