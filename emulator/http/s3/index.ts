// emulator/http/s3/: the API of Amazon S3, with buckets as new ones are and without versions.
import { createHash } from "node:crypto";

import { apiHost } from "../../../aws/hosts";
import type { Account } from "../../cloud/account";
import { AwsError } from "../../cloud/errors";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import type { HostService, PayloadLimit } from "../../cloud/network/network";
import { accessDenied, contentHashMismatch, signatureRefused, tooLarge } from "../../cloud/s3/errors";
import type { AwsService } from "../protocols/aws-service";
import { verifySigV4 } from "../protocols/sigv4";
import { toXml, type XmlValue } from "../protocols/xml";
import { addressOf, hostOfS3 } from "./address";
import { bucketOperations } from "./buckets";
import { checkHeaders, heededHeaders } from "./headers";
import { listOperations } from "./listing";
import { objectOperations } from "./objects";
import { operationOf, type S3Answer, type S3Operation, type S3Request } from "./operation";
import { readPayload, UNSIGNED_PAYLOADS } from "./payload";
import { settingOperations } from "./settings";

const SIGNING_NAME = "s3";
const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
/** Our own: S3 takes 5 GB, and here objects are in memory. Clients put larger ones in parts, which are refused. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Amazon S3, `https://s3.REGION.amazonaws.com/`. */
export const s3: AwsService = {
  host: (region) => apiHost(SIGNING_NAME, region),
  isMeantBy: ({ signedFor }) => signedFor === SIGNING_NAME,
  open: (account) => new S3Host(account),
};

class S3Host implements HostService {
  private readonly operations: readonly S3Operation[];
  readonly payload: PayloadLimit = {
    bytes: MOST_BYTES,
    refuse: () => this.refuse(tooLarge(MOST_BYTES)),
  };

  constructor(private readonly account: Account) {
    const { buckets, environment, journal } = account;
    // A canonical user id has no meaning but that it is the account's.
    const ownerId = createHash("sha256").update(environment.accountId).digest("hex");
    this.operations = [
      ...bucketOperations(buckets, environment, ownerId),
      ...settingOperations(buckets, ownerId),
      ...listOperations(buckets, ownerId),
      ...objectOperations(buckets),
    ];
    const names = this.operations.map(({ name }) => name);
    journal.offer(SIGNING_NAME, names, (name, input) =>
      this.operations.find((offered) => offered.name === name)?.run(input as S3Request),
    );
  }

  serves(host: string): boolean {
    const { region } = this.account.environment;
    const found = hostOfS3(host);
    return found !== undefined && (found.region ?? region) === region;
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    try {
      const { status = 200, headers = {}, body = "" } = await this.dispatch(request);
      const fields = { ...headers, ...this.requestId() };
      if (typeof body === "string" || Buffer.isBuffer(body)) return new HttpResponse(body, { status, headers: fields });
      return xmlResponse(status, body, fields);
    } catch (error) {
      if (error instanceof AwsError) return this.refuse(error);
      throw error;
    }
  }

  private async dispatch(request: HttpRequest): Promise<S3Answer> {
    const { region, accountId } = this.account.environment;
    const { location, method } = request;
    const sent = Buffer.from(request.body);
    const scope = { service: SIGNING_NAME, region, unsignedPayloads: UNSIGNED_PAYLOADS };
    const heeded = heededHeaders(request.headers);
    const address = addressOf(location);
    const query = Object.fromEntries(location.searchParams);
    const { body, headers } = readPayload(sent, heeded);
    const verdict = await verifySigV4(request, sent, scope, this.account.sessionCredentials);
    if (!verdict.verified) {
      const { reason, message } = verdict;
      if (reason !== "content") throw signatureRefused({ reason, message }, region);
      const computed = createHash("sha256").update(sent).digest("hex");
      throw contentHashMismatch(request.headers.get("x-amz-content-sha256"), computed);
    }
    const found = operationOf(this.operations, method, address, query);
    checkHeaders(headers, found.takes);
    if ((headers["x-amz-expected-bucket-owner"] ?? accountId) !== accountId) throw accessDenied();
    const { bucketName = "", key = "" } = address;
    const input: S3Request = { bucketName, key, query, headers, body: body.toString("base64") };
    return this.account.journal.run(SIGNING_NAME, found.name, input, () => found.run(input));
  }

  private refuse({ status, code, message, members }: AwsError): HttpResponse {
    const requestId = this.requestId();
    const content = { Code: code, Message: message, ...(members as Record<string, string>) };
    const RequestId = requestId["x-amz-request-id"];
    const body = `${DECLARATION}<Error>${toXml({ ...content, RequestId })}</Error>`;
    return new HttpResponse(body, { status, headers: { "content-type": "application/xml", ...requestId } });
  }

  private requestId() {
    return { "x-amz-request-id": this.account.environment.random.uuid() };
  }
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function xmlResponse(
  status: number,
  document: { readonly [root: string]: XmlValue },
  headers: Record<string, string>,
): HttpResponse {
  const rooted = Object.fromEntries(Object.entries(document).map(([name, value]) => [`${name} ${NAMESPACE}`, value]));
  const body = `${DECLARATION}${toXml(rooted, "flattened")}`;
  return new HttpResponse(body, { status, headers: { "content-type": "application/xml", ...headers } });
}
