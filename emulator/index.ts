export { DEFAULT_PORT, Emulator, PortTakenError, type EmulatorOptions } from "./emulator";
export { DeploymentError } from "./deployment";
export { EMULATOR_PATH, type TerraformOutput } from "./http/front-door";
export { ManualClock, systemClock, type Clock } from "./cloud/clock";
export type { ServerCommand } from "./cloud/runtime/container";
export type { Call, Check, Hop } from "./trace/tracer";
export type { GatewayView } from "./view";
