// emulator/http/protocols/: what AWS's APIs share: three protocols, and signed requests.
import { apiHost } from "../../../aws/hosts";
import type { Account } from "../../cloud/account";
import type { HostService } from "../../cloud/network";
import { ApiHost } from "./api-host";
import { awsJsonHandler, type AwsJsonOperation } from "./aws-json";
import { queryHandler, type QueryOperation } from "./aws-query";
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

interface JsonService {
  readonly targetPrefix: string;
  readonly signingName: string;
  /** @default - `SIGNING_NAME.REGION.amazonaws.com` */
  readonly host?: (region: string) => string;
  operations(account: Account): Readonly<Record<string, AwsJsonOperation>>;
}

/** A service that speaks AWS JSON. */
export function jsonService(service: JsonService): AwsService {
  const { targetPrefix, signingName, host = (region) => apiHost(signingName, region) } = service;
  return {
    host,
    isMeantBy: ({ target }) => target === targetPrefix,
    open(account) {
      const { region, random } = account.environment;
      const requestId = () => random.uuid();
      const operations = service.operations(account);
      const { journal } = account;
      return new ApiHost(
        host(region),
        awsJsonHandler({ targetPrefix, signingName, region, operations, requestId, journal }),
      );
    },
  };
}

interface QueryService {
  readonly signingName: string;
  /** @default - `SIGNING_NAME.REGION.amazonaws.com` */
  readonly host?: (region: string) => string;
  /** Where its requests are signed for. @default - the account's region */
  readonly region?: string;
  /** The namespace of its answers. */
  readonly namespace: string;
  operations(account: Account): Readonly<Record<string, QueryOperation>>;
}

/** A service that speaks AWS Query. */
export function queryService(service: QueryService): AwsService {
  const { signingName, namespace, host = (region) => apiHost(signingName, region) } = service;
  return {
    host,
    isMeantBy: ({ signedFor }) => signedFor === signingName,
    open(account) {
      const { environment, journal } = account;
      const { region: callersRegion } = environment;
      const { region = callersRegion } = service;
      const requestId = () => environment.random.uuid();
      const operations = service.operations(account);
      const scope = { signingName, region, callersRegion };
      const handler = queryHandler({ ...scope, namespace, operations, requestId, journal });
      return new ApiHost(host(callersRegion), handler);
    },
  };
}
