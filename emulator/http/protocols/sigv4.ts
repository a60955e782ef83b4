import { createHash, timingSafeEqual } from "node:crypto";

import { AwsV4Signer } from "aws4fetch";

import { FIELD_NAME } from "../../../targets/http-values";
import { AwsError } from "../../cloud/errors";
import type { SessionCredentialsStore } from "../../cloud/iam/session-credentials";
import { EMULATOR_CREDENTIALS } from "../../credentials";

/** What a signature covers, beside the body. */
export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}

/** The temporary credentials of an account. */
export type Sessions = Pick<SessionCredentialsStore, "valid">;

/** Those of the account itself, and temporary ones, which count only together with their session token. */
function secretOf(accessKeyId: string, { headers }: SignedRequest, sessions: Sessions): string | undefined {
  if (accessKeyId === EMULATOR_CREDENTIALS.accessKeyId) return EMULATOR_CREDENTIALS.secretAccessKey;
  const found = sessions.valid(accessKeyId);
  return headers.get("x-amz-security-token") === found?.sessionToken ? found?.secretAccessKey : undefined;
}

/** What a service demands of the credential scope. */
export interface CredentialScope {
  /** The service's signing name, for example `bedrock-agentcore`. */
  readonly service: string;
  readonly region: string;
}

/** What a service demands of a signature. */
interface SignatureDemand extends CredentialScope {
  /** Of a global service, the caller's own: what SDKs sign for that are given an endpoint. */
  readonly callersRegion?: string;
  /** What may stand in the place of the body's hash. @default - nothing */
  readonly unsignedPayloads?: readonly string[];
}

export type SigV4Refusal = {
  readonly verified: false;
  /** "content" of a genuine signature whose header tells another hash of the body. */
  readonly reason: "missing" | "incomplete" | "unknown-client" | "scope" | "expired" | "mismatch" | "content";
  /** In AWS's words. */
  readonly message: string;
};
export type SigV4Verdict = { readonly verified: true; readonly accessKeyId: string } | SigV4Refusal;

/**
 * Judges the Signature Version 4 of a request, in its header form, by signing the request again. Time is the machine's,
 * because callers sign with it; the emulated account's clock may have been moved.
 *
 * @param sessions whose signatures count beside those of the account's own credentials
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function verifySigV4(
  request: SignedRequest,
  body: Buffer,
  expected: SignatureDemand,
  sessions: Sessions,
): Promise<SigV4Verdict> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) return refuse("missing", "Missing Authentication Token");
  const claim = parseAuthorization(authorization);
  const date = request.headers.get("x-amz-date") ?? "";
  const lacking = describeLacking(authorization, claim, date);
  if (lacking !== undefined) return refuse("incomplete", lacking);
  const secretAccessKey = secretOf(claim.accessKeyId, request, sessions);
  if (secretAccessKey === undefined) {
    return refuse("unknown-client", "The security token included in the request is invalid.");
  }
  const refused = refuseScope(claim, date, expected) ?? refuseTime(date) ?? refuseHeaders(claim);
  if (refused) return refused;
  const signatures = await Promise.all(
    signedUrls(request).map((url) => sign(request, body, { url, claim, date, secretAccessKey })),
  );
  if (!signatures.some((signature) => equals(signature, claim.signature))) return refuse("mismatch", MISMATCH);
  if (!isBodyHashTrue(request, body, expected.unsignedPayloads)) return refuse("content", MISMATCH);
  return { verified: true, accessKeyId: claim.accessKeyId };
}

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key " +
  "and signing method. Consult the service documentation for details.";

/** The refusal as services that speak JSON word it. */
export function sigV4Error({ reason, message }: SigV4Refusal): AwsError {
  switch (reason) {
    case "missing":
      return new AwsError("MissingAuthenticationTokenException", message);
    case "incomplete":
      return new AwsError("IncompleteSignatureException", message);
    case "unknown-client":
      return new AwsError("UnrecognizedClientException", message);
    case "scope":
    case "expired":
    case "mismatch":
    case "content":
      return new AwsError("InvalidSignatureException", message);
  }
}

/** Whose signature a request claims to have. */
export function claimedKey({ headers }: SignedRequest): string {
  return parseAuthorization(headers.get("authorization") ?? "").accessKeyId;
}

/** The region and service that the caller signed for, where there is a signature at all. */
export function claimedScope(request: SignedRequest): CredentialScope | undefined {
  const authorization = request.headers.get("authorization");
  if (!authorization?.startsWith(ALGORITHM)) return undefined;
  const { region, service } = parseAuthorization(authorization);
  return { region, service };
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/** What the `Authorization` header claims; parts that it lacks are empty. */
interface Claim extends CredentialScope {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function parseAuthorization(authorization: string): Claim {
  const part = (name: string) => new RegExp(`[\\s,]${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? "";
  const [accessKeyId = "", date = "", region = "", service = "", terminator] = part("Credential").split("/");
  const isComplete = terminator === "aws4_request";
  return {
    accessKeyId: isComplete ? accessKeyId : "",
    date,
    region,
    service,
    signedHeaders: part("SignedHeaders").toLowerCase().split(";").filter(Boolean),
    signature: part("Signature"),
  };
}

function describeLacking(authorization: string, claim: Claim, date: string): string | undefined {
  const requirements: readonly [met: boolean, sentence: string][] = [
    [authorization.startsWith(`${ALGORITHM} `), `Authorization header requires the algorithm '${ALGORITHM}'.`],
    [claim.accessKeyId !== "", "Authorization header requires 'Credential' parameter."],
    [claim.signature !== "", "Authorization header requires 'Signature' parameter."],
    [claim.signedHeaders.length > 0, "Authorization header requires 'SignedHeaders' parameter."],
    [
      /^\d{8}T\d{6}Z$/.test(date),
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ],
    [
      claim.signedHeaders.length === 0 || ["host", "x-amz-date"].every((name) => claim.signedHeaders.includes(name)),
      "'Host' and 'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.",
    ],
  ];
  const unmet = requirements.flatMap(([met, sentence]) => (met ? [] : [sentence]));
  return unmet.length === 0 ? undefined : unmet.join(" ");
}

function refuseScope(claim: Claim, date: string, expected: SignatureDemand): SigV4Refusal | undefined {
  if (claim.region !== expected.region && claim.region !== expected.callersRegion) {
    return refuse("scope", `Credential should be scoped to a valid region, not '${claim.region}'.`);
  }
  if (claim.service !== expected.service) {
    return refuse("scope", `Credential should be scoped to correct service: '${expected.service}'.`);
  }
  if (date.startsWith(claim.date)) return undefined;
  return refuse(
    "scope",
    `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ` +
      `'${claim.date}' != '${date.slice(0, 8)}', from '${date}'.`,
  );
}

/** How far a signature may be from now, either way. */
const CLOCK_SKEW_MINUTES = 5;

function refuseTime(date: string): SigV4Refusal | undefined {
  const now = new Date();
  const earliest = amzDate(new Date(now.getTime() - CLOCK_SKEW_MINUTES * 60_000));
  const latest = amzDate(new Date(now.getTime() + CLOCK_SKEW_MINUTES * 60_000));
  const skew = `${CLOCK_SKEW_MINUTES} min.`;
  if (date < earliest) {
    return refuse("expired", `Signature expired: ${date} is now earlier than ${earliest} (${amzDate(now)} - ${skew})`);
  }
  if (date > latest) {
    return refuse(
      "expired",
      `Signature not yet current: ${date} is still later than ${latest} (${amzDate(now)} + ${skew})`,
    );
  }
  return undefined;
}

/** What else is named than headers cannot have been signed. */
function refuseHeaders({ signedHeaders }: Claim): SigV4Refusal | undefined {
  return signedHeaders.every((name) => FIELD_NAME.test(name)) ? undefined : refuse("mismatch", MISMATCH);
}

/** `YYYYMMDDTHHMMSSZ`, which sorts as text. */
function amzDate(date: Date): string {
  return date.toISOString().replace(/[:-]|\.\d{3}/g, "");
}

/**
 * The URLs that the caller may have signed. Who enters an AWS host through the emulator's port signed the port's name,
 * with the AWS host as the first segment of the path or, at the bare root, without it.
 */
function signedUrls(request: SignedRequest): string[] {
  const { host, pathname, search } = new URL(request.url);
  const named = request.headers.get("host") ?? host;
  if (named === host) return [request.url];
  return [`http://${named}/${host}${pathname}${search}`, `http://${named}${pathname}${search}`];
}

async function sign(
  { method, headers }: SignedRequest,
  body: Buffer,
  { url, claim, date, secretAccessKey }: { url: string; claim: Claim; date: string; secretAccessKey: string },
): Promise<string> {
  const signed = claim.signedHeaders.filter((name) => name !== "host" && name !== "x-amz-date");
  const signer = new AwsV4Signer({
    accessKeyId: claim.accessKeyId,
    secretAccessKey,
    url,
    method,
    headers: signed.map((name): [string, string] => [name, headers.get(name) ?? ""]),
    body,
    region: claim.region,
    service: claim.service,
    datetime: date,
    allHeaders: true,
  });
  return signer.signature();
}

/** The signer believes a hash that comes as a header, so the body itself has to be held against it. */
function isBodyHashTrue({ headers }: SignedRequest, body: Buffer, unsigned: readonly string[] = []): boolean {
  const claimed = headers.get("x-amz-content-sha256");
  return claimed === null || unsigned.includes(claimed) || claimed === createHash("sha256").update(body).digest("hex");
}

function equals(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(reason: SigV4Refusal["reason"], message: string): SigV4Refusal {
  return { verified: false, reason, message };
}
