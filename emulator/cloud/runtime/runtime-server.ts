import type { ServerFunction } from "./in-process-server";
import type { ServerCommand } from "./server-process";

/** What stands for the program in a container: a command, or a server within this process. */
export type RuntimeServer = ServerCommand | ServerFunction;
