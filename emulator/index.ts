export { DEFAULT_PORT, EMULATOR_PATH } from "./address";
export { Emulator, PortTakenError, type EmulatorOptions, type LogSource } from "./emulator";
export { DeploymentError } from "./deployment";
export type { TerraformOutput } from "./http/front-door";
export { ManualClock, systemClock, type Clock } from "./cloud/clock";
export type { ServerCommand } from "./cloud/runtime/container";
export type { Call, CallEvent, Check, Hop } from "./trace/call";
export type { GatewayView } from "./view/gateways";
