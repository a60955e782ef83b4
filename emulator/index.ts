export { DEFAULT_PORT, Emulator, PortTakenError, type EmulatorOptions } from "./emulator";
export { DeploymentError } from "./deployment";
export { EMULATOR_PATH, type TerraformOutput } from "./http/front-door";
export { ManualClock, systemClock, type Clock } from "./cloud/clock";
export type { ServerCommand } from "./cloud/runtime/container";
export type { Call, CallEvent, Check, Hop } from "./trace/call";
export type { GatewayView } from "./view";
