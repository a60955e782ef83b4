// testing/: the emulator within a test; here stands what programs can import.
export { DeploymentError, CallerError } from "../emulator";
export type {
  Call,
  Check,
  Hop,
  MovableClock,
  ServerCommand,
  ClientCaller,
  IssuerCaller,
  UserCaller,
} from "../emulator";
export { OptionError } from "../options";
export { TopologyError } from "../topology";
export { emulate, type EmulateOptions } from "./emulate";
export { stopAll } from "./emulation";
export type { Caller, ClientOptions, Emulation } from "./emulation";
export type { McpServerLike, Served, ServerInProcess, TestServer } from "./servers";
export type { Stack } from "./synthesis";
