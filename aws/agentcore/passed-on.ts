import type { NameRule } from "../name-rule";

// What of a call may pass a gateway beside arguments and results: CreateGatewayTarget, metadataConfiguration, and the
// developer guide, "gateway-headers".

/** Headers of requests, headers of answers, and query parameters, of each. */
export const MAX_PASSED_ON = 10;

/** Characters of a header's value. */
export const MAX_HEADER_VALUE = 4_096;

export const PASSED_HEADER: NameRule = {
  pattern: "[a-zA-Z0-9_-]+",
  maxLength: 100,
  description: "names of at most 100 letters, digits, hyphens and underscores",
};

export const PASSED_PARAMETER: NameRule = {
  pattern: "[\\s\\S]+",
  maxLength: 40,
  description: "names of 1 to 40 characters",
};

/** Without pseudo-headers, which the pattern excludes. */
const RESTRICTED: ReadonlySet<string> = new Set(
  (
    "authorization proxy-authorization www-authenticate accept accept-charset accept-encoding accept-language content-type " +
    "content-length content-encoding content-language content-location content-range cache-control etag expires if-match " +
    "if-modified-since if-none-match if-range if-unmodified-since last-modified pragma vary connection keep-alive " +
    "proxy-connection upgrade host user-agent referer from range accept-ranges transfer-encoding te trailer server date " +
    "location retry-after set-cookie cookie content-security-policy content-security-policy-report-only " +
    "strict-transport-security x-content-type-options x-frame-options x-xss-protection referrer-policy permissions-policy " +
    "cross-origin-embedder-policy cross-origin-opener-policy cross-origin-resource-policy access-control-allow-origin " +
    "access-control-allow-methods access-control-allow-headers access-control-allow-credentials " +
    "access-control-expose-headers access-control-max-age access-control-request-method access-control-request-headers " +
    "origin accept-ch accept-ch-lifetime dpr width viewport-width downlink ect rtt save-data clear-site-data feature-policy " +
    "expect-ct public-key-pins public-key-pins-report-only x-forwarded-for x-forwarded-host x-forwarded-proto x-real-ip " +
    "x-requested-with x-csrf-token cf-ray cf-connecting-ip x-amz-cf-id x-cache x-served-by link sec-websocket-key " +
    "sec-websocket-accept sec-websocket-version sec-websocket-protocol sec-websocket-extensions"
  ).split(" "),
);

const RESERVED = "x-amzn-";
const CUSTOM = "x-amzn-bedrock-agentcore-runtime-custom-";

/** Whether a gateway's target may be configured to pass a header on. */
export function mayPassOn(header: string): boolean {
  const name = header.toLowerCase();
  return !RESTRICTED.has(name) && (!name.startsWith(RESERVED) || name.startsWith(CUSTOM));
}

/** Whether a runtime may be configured to hand a header to its container: developer guide, "runtime-header-allowlist". */
export function mayReachContainer(header: string): boolean {
  const name = header.toLowerCase();
  return name === "authorization" || (mayPassOn(name) && !name.startsWith("x-amz-"));
}

/** The header of MCP's sessions, which a gateway with sessions keeps to itself: developer guide, "gateway-sessions". */
export function isSessionHeader(header: string): boolean {
  return header.toLowerCase() === "mcp-session-id";
}
