// emulator/: an AWS account on this machine that a topology is deployed into; here stands what programs can import.
export { DEFAULT_PORT, EMULATOR_PATH } from "./address";
export { CallerError, type ClientCaller, type IssuerCaller, type UserCaller } from "./callers";
/** @internal */
export { clientToken, gatewayNamed, issuerToken, userToken } from "./callers";
/** What the command tells of an account, which need not be in the package twice. @internal */
export { verifierOf } from "./cloud/cognito/srp/password-verifier";
/** @internal */
export { signsUsersIn } from "./cloud/cognito/user-pool-client";
/** @internal */
export { admits } from "./cloud/gateway/admitted-clients";
/** @internal */
export { plainestOf } from "./cloud/gateway/protocol/protocol-version";
/** @internal */
export { metadataOf } from "./cloud/gateway/protocol/stateless-protocol";
/** @internal */
export { compacted } from "./cloud/journal-compaction";
/** @internal */
export { viewEndpoints } from "./view/endpoints";
/** @internal */
export { addressOf } from "./view/gateways";
export {
  Emulator,
  PortRefusedError,
  PortTakenError,
  RegionError,
  type EmulatorOptions,
  type LogSource,
} from "./emulator";
export { OptionError } from "../options";
export { DeploymentError } from "./deployment";
export type { TerraformOutput } from "./http/console/emulator-state";
export { setClock } from "./clock-setting";
export { ManualClock, RunningClock, type Clock, type MovableClock } from "./clock";
/** @internal */
export type { JournalEntry } from "./cloud/journal";
export type { User } from "./cloud/cognito/users/users";
export { HostMappingError } from "./cloud/network/loopback-hosts";
export { HandlerError, lambdaHandler } from "./cloud/lambda/lambda-handler";
export { SERVICE_LIMITS, type Limits } from "./cloud/limits";
export type { RuntimeServer } from "./cloud/runtime/runtime-server";
export type { ServerFunction } from "./cloud/runtime/in-process-server";
export type { ServerCommand } from "./cloud/runtime/server-process";
export type { Call, CallEvent, Check, Hop } from "./trace/call";
export type { Reload, ReloadedTarget } from "./reload";
export type { GatewayView } from "./view/gateways";
