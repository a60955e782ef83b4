// emulator/: an AWS account on this machine that a topology is deployed into; here stands what programs can import.
export { DEFAULT_PORT, EMULATOR_PATH } from "./address";
export { CallerError, type ClientCaller, type IssuerCaller, type UserCaller } from "./callers";
/** @internal */
export { clientToken, gatewayNamed, issuerToken, userToken } from "./callers";
export {
  Emulator,
  PortRefusedError,
  PortTakenError,
  RegionError,
  type EmulatorOptions,
  type LogSource,
} from "./emulator";
export { DeploymentError } from "./deployment";
export type { TerraformOutput } from "./http/console/emulator-state";
export { setClock } from "./clock-setting";
export { ManualClock, RunningClock, type Clock, type MovableClock } from "./clock";
/** @internal */
export type { JournalEntry } from "./cloud/journal";
export type { User } from "./cloud/cognito/users";
export { HostMappingError } from "./cloud/loopback-hosts";
export { HandlerError, lambdaHandler } from "./cloud/lambda/lambda-handler";
export { SERVICE_LIMITS, type Limits } from "./cloud/limits";
export type { RuntimeServer } from "./cloud/runtime/runtime-server";
export type { ServerFunction } from "./cloud/runtime/in-process-server";
export type { ServerCommand } from "./cloud/runtime/server-process";
export type { Call, CallEvent, Check, Hop } from "./trace/call";
export type { Reload, ReloadedTarget } from "./reload";
export type { GatewayView } from "./view/gateways";
