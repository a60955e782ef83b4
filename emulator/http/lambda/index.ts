// emulator/http/lambda/: the API of AWS Lambda.
import type { Account } from "../../cloud/account";
import { AwsError } from "../../cloud/errors";
import type { HttpRequest, HttpResponse } from "../../cloud/network/http-message";
import type { HostService, PayloadLimit, UrlMapping } from "../../cloud/network/network";
import { awsError } from "../answers";
import { restJsonService, type AwsService } from "../protocols/aws-service";
import { functionOperations } from "./functions";
import { INVOCATIONS, invoke } from "./invocations";
import { permissionOperations } from "./permissions";
import { tagOperations } from "./tags";
import { versionOperations } from "./versions";

const SIGNING_NAME = "lambda";
/** Seen in answers of the service: an archive of 50 MB, as base64. */
const MOST_REQUEST_BYTES = 69_905_067;

const API = restJsonService({
  signingName: SIGNING_NAME,
  paths: /^\/20\d\d-\d\d-\d\d\/(functions|tags)(\/|$)/,
  operations: (account) => [
    ...functionOperations(account),
    ...versionOperations(account.lambdaFunctions),
    ...permissionOperations(account),
    ...tagOperations(account.lambdaFunctions.tags),
  ],
});

/** AWS Lambda, `https://lambda.REGION.amazonaws.com/`. */
export const lambda: AwsService = {
  ...API,
  open: (account, iam) => new LambdaHost(account, API.open(account, iam)),
};

class LambdaHost implements HostService {
  readonly payload: PayloadLimit = {
    bytes: MOST_REQUEST_BYTES,
    refuse: () =>
      awsError(413, "RequestEntityTooLargeException", `Request must be smaller than ${MOST_REQUEST_BYTES} bytes`),
  };

  constructor(
    private readonly account: Account,
    private readonly api: HostService,
  ) {}

  serves(host: string): boolean {
    return this.api.serves(host);
  }

  async handle(request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
    if (request.method !== "POST" || !INVOCATIONS.test(request.location.pathname)) {
      return this.api.handle(request, urls);
    }
    try {
      return await invoke(this.account, SIGNING_NAME, request);
    } catch (error) {
      if (error instanceof AwsError) return awsError(error.status, error.code, error.message);
      throw error;
    }
  }
}
