/** The port unless another is asked for. */
export const DEFAULT_PORT = 4700;

/** The path under which the emulator answers for itself. */
export const EMULATOR_PATH = "/_emulator";
