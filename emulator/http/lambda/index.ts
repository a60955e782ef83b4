// emulator/http/lambda/: the API of AWS Lambda.
import { apiHost } from "../../../aws/hosts";
import type { Account } from "../../cloud/account";
import { AwsError } from "../../cloud/errors";
import type { HttpRequest, HttpResponse } from "../../cloud/http-message";
import type { HostService, PayloadLimit, UrlMapping } from "../../cloud/network";
import { ApiHost } from "../protocols/api-host";
import { awsError } from "../answers";
import { restJsonHandler } from "../protocols/aws-rest-json";
import type { AwsService } from "../protocols/aws-service";
import { functionOperations } from "./functions";
import { INVOCATIONS, invoke } from "./invocations";
import { permissionOperations } from "./permissions";
import { tagOperations } from "./tags";
import { versionOperations } from "./versions";

const SIGNING_NAME = "lambda";
/** Seen in answers of the service: an archive of 50 MB, as base64. */
const MOST_REQUEST_BYTES = 69_905_067;

/** AWS Lambda, `https://lambda.REGION.amazonaws.com/`. */
export const lambda: AwsService = {
  host: (region) => apiHost(SIGNING_NAME, region),
  isMeantBy: ({ signedFor, pathname }) =>
    signedFor === SIGNING_NAME || /^\/20\d\d-\d\d-\d\d\/(functions|tags)(\/|$)/.test(pathname),
  open: (account) => new LambdaHost(account),
};

class LambdaHost implements HostService {
  private readonly host: ApiHost;
  readonly payload: PayloadLimit = {
    bytes: MOST_REQUEST_BYTES,
    refuse: () =>
      awsError(413, "RequestEntityTooLargeException", `Request must be smaller than ${MOST_REQUEST_BYTES} bytes`),
  };

  constructor(private readonly account: Account) {
    const { environment, lambdaFunctions, journal } = account;
    const { region, random } = environment;
    const operations = [
      ...functionOperations(account),
      ...versionOperations(lambdaFunctions),
      ...permissionOperations(account),
      ...tagOperations(lambdaFunctions.tags),
    ];
    const service = { signingName: SIGNING_NAME, region, operations, requestId: () => random.uuid(), journal };
    this.host = new ApiHost(lambda.host(region), restJsonHandler(service));
  }

  serves(host: string): boolean {
    return this.host.serves(host);
  }

  async handle(request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
    if (request.method !== "POST" || !INVOCATIONS.test(request.location.pathname)) {
      return this.host.handle(request, urls);
    }
    try {
      return await invoke(this.account, SIGNING_NAME, request);
    } catch (error) {
      if (error instanceof AwsError) return awsError(error.status, error.code, error.message);
      throw error;
    }
  }
}
