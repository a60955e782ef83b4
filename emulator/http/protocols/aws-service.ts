// emulator/http/protocols/: what AWS's APIs share: three protocols, and signed requests.
import { apiHost } from "../../../aws/hosts";
import type { Account } from "../../cloud/account";
import type { HostService } from "../../cloud/network/network";
import { ApiHost } from "./api-host";
import { awsJsonHandler, type AwsJsonService } from "./aws-json";
import { queryHandler, type QueryService } from "./aws-query";
import { restJsonHandler, type RestJsonOperation } from "./aws-rest-json";
import type { IamAuthorizer } from "./iam-authorizer";

/** What tells the service that a request to the bare root means, where AWS CLIs and SDKs send everything. */
export interface BareRequest {
  /** What comes before the operation in `X-Amz-Target`, of services that speak AWS JSON; empty in others. */
  readonly target: string;
  /** The signing name of the service that the request is signed for. */
  readonly signedFor?: string;
  readonly pathname: string;
}

/** An AWS service as the emulator offers it: a row of `aws-services.ts`. */
export interface AwsService {
  /** Where its API is. */
  host(region: string): string;
  isMeantBy(request: BareRequest): boolean;
  /** Makes what answers at the host. */
  open(account: Account, iam: IamAuthorizer): HostService;
}

interface Api<Operations> {
  readonly signingName: string;
  /** @default - `SIGNING_NAME.REGION.amazonaws.com` */
  readonly host?: (region: string) => string;
  readonly operations: (account: Account) => Operations;
}

interface JsonApi extends Api<AwsJsonService["operations"]>, Pick<AwsJsonService, "targetPrefix"> {}

/** A service that speaks AWS JSON. */
export function jsonService({
  targetPrefix,
  signingName,
  host = hostOf(signingName),
  operations,
}: JsonApi): AwsService {
  return {
    host,
    isMeantBy: ({ target }) => target === targetPrefix,
    open(account) {
      const service = { targetPrefix, signingName, operations: operations(account) };
      return new ApiHost(host(account.environment.region), awsJsonHandler(service, account));
    },
  };
}

interface QueryApi extends Api<QueryService["operations"]>, Pick<QueryService, "region" | "namespace"> {}

/** A service that speaks AWS Query. */
export function queryService({ operations, ...api }: QueryApi): AwsService {
  const { signingName, host = hostOf(signingName) } = api;
  return {
    host,
    isMeantBy: ({ signedFor }) => signedFor === signingName,
    open: (account) =>
      new ApiHost(host(account.environment.region), queryHandler({ ...api, operations: operations(account) }, account)),
  };
}

interface RestJsonApi extends Api<readonly RestJsonOperation[]> {
  /** Paths that are of no other service. */
  readonly paths: RegExp;
}

/** A service that speaks AWS REST-JSON. */
export function restJsonService({
  signingName,
  host = hostOf(signingName),
  paths,
  operations,
}: RestJsonApi): AwsService {
  return {
    host,
    isMeantBy: ({ signedFor, pathname }) => signedFor === signingName || paths.test(pathname),
    open: (account) =>
      new ApiHost(host(account.environment.region), restJsonHandler(signingName, operations(account), account)),
  };
}

function hostOf(signingName: string): (region: string) => string {
  return (region) => apiHost(signingName, region);
}
