/** The port unless another is asked for. */
export const DEFAULT_PORT = 4700;

/** Where a topology does not tell: the account number of AWS's own documentation examples. */
export const DEFAULT_ACCOUNT = "123456789012";

/** The path under which the emulator answers for itself. */
export const EMULATOR_PATH = "/_emulator";

export function isLoopback({ hostname }: Pick<URL, "hostname">): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
